//! The command line as a whole: every page of help in both languages, completion, manual pages.
//!
//! The commands are read from the program's own list, so a new one is here without being named. The pages
//! are the snapshots `commands_ja` and `commands_en`: what changes in them, changes for users.

use std::process::Command;

use crate::support::{Folder, PROGRAM, repository, run, small_pack};

/// The commands that the help lists, in its order.
fn commands() -> Vec<String> {
    let help = said(&["--lang", "en", "--help"]);
    let list = help.split("Commands:\n").nth(1).expect("the help lists commands");
    list.lines().take_while(|line| !line.is_empty()).filter_map(|line| line.split_whitespace().next()).map(str::to_owned).collect()
}

fn said(arguments: &[&str]) -> String {
    let output = run(&repository(""), arguments, &[]);
    assert!(output.status.success() && output.stderr.is_empty(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn every_page_of_help_is_as_reviewed() {
    let commands = commands();
    assert!(commands.len() >= 12, "{commands:?}");
    for language in ["ja", "en"] {
        let mut pages = format!("$ mitoshi --help\n{}", said(&["--lang", language, "--help"]));
        for command in &commands {
            let page = said(&["--lang", language, command, "--help"]);
            assert_eq!(page, said(&["--lang", language, "help", command]));
            pages += &format!("\n$ mitoshi {command} --help\n{page}");
        }
        let mut settings = insta::Settings::clone_current();
        settings.set_prepend_module_to_snapshot(false);
        settings.set_omit_expression(true);
        settings.bind(|| insta::assert_snapshot!(format!("commands_{language}"), pages));
    }
}

#[test]
fn every_command_has_a_manual_page() {
    for command in commands() {
        let page = said(&["man", &command]);
        assert!(page.contains(&format!(".TH mitoshi-{command} 1")), "{page}");
    }
    assert!(said(&["man"]).contains(".TH mitoshi 1"));
}

#[test]
fn bash_completes_commands_scenarios_and_assumptions() {
    let script = r#"
        source <(mitoshi completions bash)
        for line in "mitoshi proj" "mitoshi project ou" "mitoshi seek --by arrears.q" "mitoshi help sen" "mitoshi new ind"; do
            read -ra COMP_WORDS <<< "$line"
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) COMP_TYPE=9 COMPREPLY=()
            _clap_complete_mitoshi mitoshi "${COMP_WORDS[COMP_CWORD]}"
            echo "$line: $(echo "${COMPREPLY[@]}" | tr '\013' ' ')"
        done"#;
    let path = format!("{}:/usr/bin:/bin", std::path::Path::new(PROGRAM).parent().unwrap().display());
    let output = Command::new("bash").args(["-c", script]).current_dir(repository("")).env_clear().env("PATH", path).output().unwrap();
    assert_eq!(
        String::from_utf8(output.stdout).unwrap(),
        "mitoshi proj: project\n\
         mitoshi project ou: outsourcing_delayed outsourcing_expanded\n\
         mitoshi seek --by arrears.q: arrears.quake arrears.quake_persistence arrears.quake_year\n\
         mitoshi help sen: sensitivity\n\
         mitoshi new ind: indicator\n",
        "{}",
        String::from_utf8_lossy(&output.stderr)
    );
}

#[test]
fn every_shell_has_a_script_and_is_answered() {
    for shell in ["bash", "zsh", "fish", "powershell"] {
        assert!(said(&["completions", shell]).contains("MITOSHI_COMPLETE"), "{shell}");
    }
    // What PowerShell's script runs: the words so far, the last one unfinished.
    let ask = |arguments: &[&str]| run(&repository(""), arguments, &[("MITOSHI_COMPLETE", "powershell")]).stdout;
    assert_eq!(String::from_utf8(ask(&["--", "mitoshi", "project", "wr"])).unwrap(), "writeoff_drive\n");
    // Elsewhere, and in a pack that cannot be read, nothing is said.
    let broken = Folder::new("completion");
    broken.copy(&small_pack());
    broken.write("rules/plan.toml", "title = ");
    let place = broken.path().to_str().unwrap();
    assert_eq!(ask(&["--", "mitoshi", "-C", place, "project", "b"]), b"");
}
