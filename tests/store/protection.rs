//! Nothing is written outside the pack, over an existing file, through a link, or beyond the limits.

use std::fs;
use std::time::Duration;

use mitoshi_store::{Fault, Kind, NewFile, Os, Stamp, Writer};

use crate::support::{Folder, small_pack};

fn pack(name: &str) -> Folder {
    let folder = Folder::new(name);
    folder.copy(&small_pack());
    folder
}

#[test]
fn paths_that_lead_out_of_the_pack_or_into_our_own_files_are_refused() {
    let folder = pack("store-jail");
    let mut writer = Writer::lock(folder.path()).unwrap();
    let paths = [
        "",
        "/etc/passwd",
        "../out.toml",
        "rules/../../out.toml",
        "rules/./a.toml",
        "rules//a.toml",
        "rules/",
        ".git/config",
        ".mitoshi/lock",
        "rules/.a.toml.mitoshi-old",
        "rules\\a.toml",
        "C:a.toml",
        "rules/con.toml",
        "rules/COM1",
        "rules/a.toml.",
        "rules/a\nb.toml",
        "rules/a\0.toml",
        "a/b/c/d/e/f/g/h/i/j.toml",
    ];
    for path in paths {
        let fault = writer.create(path, "x").unwrap_err();
        assert_eq!(fault.kind, Kind::BadPath, "{path:?}: {fault}");
        assert!(fault.hint.ja.ends_with('。'), "{fault:?}");
    }
    let long = format!("rules/{}.toml", "あ".repeat(70));
    assert_eq!(writer.create(&long, "x").unwrap_err().kind, Kind::BadPath);
    for path in ["rules/console.toml", "rules/community.toml", "scenarios/窓口委託.toml", "tests/snapshots/a b.snap.new"] {
        writer.create(path, "x").unwrap_or_else(|fault| panic!("{path}: {fault}"));
    }
    assert_eq!(writer.create("rules/plan.toml/a.toml", "x").unwrap_err().kind, Kind::NotAFile);
    assert_eq!(writer.create("rules", "x").unwrap_err().kind, Kind::NotAFile);
}

#[cfg(unix)]
#[test]
fn nothing_is_written_through_links() {
    use std::os::unix::fs::symlink;
    let (folder, outside) = (pack("store-links"), Folder::new("store-outside"));
    outside.write("target.toml", "a = 1\n");
    symlink(outside.path().join("target.toml"), folder.path().join("rules/link.toml")).unwrap();
    symlink(outside.path(), folder.path().join("tests")).unwrap();
    symlink(folder.path().join("rules"), folder.path().join("inside")).unwrap();
    symlink(outside.path().join("nowhere"), folder.path().join("rules/dangling.toml")).unwrap();
    let mut writer = Writer::lock(folder.path()).unwrap();
    assert_eq!(writer.edit::<Fault>("rules/link.toml", |toml| toml.set(["a"], 2.0)).unwrap_err().kind, Kind::Link);
    assert_eq!(writer.create("rules/dangling.toml", "x").unwrap_err().kind, Kind::Link);
    assert_eq!(writer.create("tests/new.toml", "x").unwrap_err().kind, Kind::Link);
    assert_eq!(writer.create("inside/new.toml", "x").unwrap_err().kind, Kind::Link);
    assert_eq!(fs::read_to_string(outside.path().join("target.toml")).unwrap(), "a = 1\n");
    // A link that takes the place of a file between reading and writing.
    writer.edit::<Fault>("rules/litter.toml", |toml| toml.set(["note"], "x")).unwrap();
    fs::remove_file(folder.path().join("rules/litter.toml")).unwrap();
    symlink(outside.path().join("target.toml"), folder.path().join("rules/litter.toml")).unwrap();
    assert_eq!(writer.commit().unwrap_err().kind, Kind::Changed);
    assert_eq!(fs::read_to_string(outside.path().join("target.toml")).unwrap(), "a = 1\n");
    // Our own folder as a link, in a pack that means harm.
    let hostile = pack("store-hostile");
    symlink(outside.path(), hostile.path().join(".mitoshi")).unwrap();
    assert_eq!(Writer::lock(hostile.path()).map(drop).unwrap_err().kind, Kind::Link);
    assert!(!outside.path().join("lock").exists());
}

#[cfg(unix)]
#[test]
fn a_file_keeps_its_permissions_and_a_protected_one_its_content() {
    use std::os::unix::fs::PermissionsExt;
    let folder = pack("store-permissions");
    let path = folder.path().join("rules/litter.toml");
    fs::set_permissions(&path, fs::Permissions::from_mode(0o640)).unwrap();
    let mut writer = Writer::lock(folder.path()).unwrap();
    writer.edit::<Fault>("rules/litter.toml", |toml| toml.set(["note"], "x")).unwrap();
    writer.commit().unwrap();
    assert_eq!(path.metadata().unwrap().permissions().mode() & 0o777, 0o640);
    fs::set_permissions(&path, fs::Permissions::from_mode(0o444)).unwrap();
    let mut writer = Writer::lock(folder.path()).unwrap();
    let fault = writer.edit::<Fault>("rules/litter.toml", |toml| toml.set(["note"], "y")).unwrap_err();
    assert_eq!(fault.kind, Kind::ReadOnly);
    let shown = Stamp::of(&fs::read(&path).unwrap());
    assert_eq!(writer.remove("rules/litter.toml", shown).unwrap_err().kind, Kind::ReadOnly);
}

#[test]
fn nothing_is_overwritten_and_nothing_too_large_is_read_or_written() {
    let folder = pack("store-limits");
    let mut writer = Writer::lock(folder.path()).unwrap();
    assert_eq!(writer.create("rules/litter.toml", "x").unwrap_err().kind, Kind::Exists);
    assert_eq!(writer.change::<Fault>("rules/nothing.toml", |text| Ok(text.to_owned())).unwrap_err().kind, Kind::Missing);
    assert_eq!(writer.create("rules/big.toml", vec![b'#'; (1 << 20) + 1]).unwrap_err().kind, Kind::TooLarge);
    writer.create("rules/new.toml", "x").unwrap();
    folder.write("rules/new.toml", "somebody else was faster");
    assert_eq!(writer.commit().unwrap_err().kind, Kind::Exists);
    assert_eq!(fs::read_to_string(folder.path().join("rules/new.toml")).unwrap(), "somebody else was faster");
    folder.write("rules/huge.toml", vec![b'#'; 2 << 20]);
    folder.write("rules/sjis.toml", b"title = \"\x8e\xc0\x90\xd1\"\n");
    let mut writer = Writer::lock(folder.path()).unwrap();
    assert_eq!(writer.read("rules/huge.toml").unwrap_err().kind, Kind::TooLarge);
    assert_eq!(writer.edit::<Fault>("rules/sjis.toml", |_| Ok(())).unwrap_err().kind, Kind::NotText);
}

#[test]
fn a_second_writer_is_told_that_the_pack_is_busy() {
    let folder = pack("store-busy");
    let held = Writer::lock(folder.path()).unwrap();
    let fault = Writer::lock_on(Box::new(Os), folder.path(), Duration::from_millis(20)).map(drop).unwrap_err();
    assert_eq!(fault.kind, Kind::Busy);
    drop(held);
    Writer::lock_on(Box::new(Os), folder.path(), Duration::ZERO).map(drop).unwrap();
    assert!(Writer::lock(&folder.path().join("nowhere")).is_err());
}

#[test]
fn results_for_the_user_are_whole_or_not_there() {
    use std::io::Write as _;
    let folder = Folder::new("store-results");
    let path = folder.path().join("draws.csv");
    let mut file = NewFile::begin(&path, false).unwrap();
    file.write_all(b"half").unwrap();
    drop(file);
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 0, "what was given up leaves nothing");
    let mut file = NewFile::begin(&path, false).unwrap();
    file.write_all(b"1,2\n").unwrap();
    assert_eq!(file.finish().unwrap(), path);
    assert_eq!(NewFile::begin(&path, false).map(drop).unwrap_err().kind, Kind::Exists);
    let mut file = NewFile::begin(&path, true).unwrap();
    file.write_all(b"3\n").unwrap();
    file.finish().unwrap();
    assert_eq!(fs::read_to_string(&path).unwrap(), "3\n");
    assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
}
