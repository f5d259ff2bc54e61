//! Texts as bytes for files that people open in Excel.
//!
//! UTF-8 begins with a byte order mark: without one, Excel in Japan reads a file that is opened by a
//! double click as Shift_JIS. Shift_JIS is that of Windows (CP932); the wave dash `〜` is written as `～` and
//! the minus sign `−` as `－`, their only forms there. Any other character that it does not have is never replaced: the text is refused, and the
//! first such character is named with its place.

use encoding_rs::SHIFT_JIS;
use mitoshi_core::diagnostic::Text;
use mitoshi_core::text;

/// Letters shown before and after a character that cannot be written.
const AROUND: usize = 12;

/// How a text becomes bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Encoding {
    /// UTF-8 with a byte order mark.
    #[default]
    Utf8,
    /// Shift_JIS as Windows has it.
    Sjis,
}

impl Encoding {
    /// Every encoding.
    pub const ALL: &'static [Self] = &[Self::Utf8, Self::Sjis];

    /// Its name on the command line.
    pub fn name(self) -> &'static str {
        match self {
            Self::Utf8 => "utf8",
            Self::Sjis => "sjis",
        }
    }

    /// The encoding of a name; absent if there is none.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.iter().copied().find(|encoding| encoding.name() == name)
    }
}

/// A character that an encoding does not have.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Unencodable {
    /// The first one.
    pub character: char,
    /// Its line, from 1.
    pub line: usize,
    /// Its place within the line, in characters from 1.
    pub column: usize,
    /// What stands around it.
    pub around: String,
    /// How many characters of the whole text cannot be written.
    pub count: usize,
}

impl Unencodable {
    /// What cannot be written, and where it stands.
    pub fn message(&self) -> Text {
        let Self { character, line, column, around, count } = self;
        let code = format!("U+{:04X}", u32::from(*character));
        let more = count.saturating_sub(1);
        let (ja, en) = match more {
            0 => (String::new(), String::new()),
            _ => (format!("。ほかに{more}文字"), format!("; and {more} more")),
        };
        text!(
            "「{character}」（{code}）は Shift_JIS で書けません（{line}行目の{column}文字目「{around}」{ja}）",
            "`{character}` ({code}) cannot be written in Shift_JIS (line {line}, character {column}, `{around}`{en})"
        )
    }

    /// What to do.
    pub fn hint(&self) -> Text {
        text!("--encoding utf8 を使うか、その文字をほかの字に置き換えてください。", "use --encoding utf8, or replace the character")
    }
}

/// The bytes of a text.
///
/// # Errors
/// The first character that the encoding does not have.
pub fn encode(text: &str, encoding: Encoding) -> Result<Vec<u8>, Unencodable> {
    match encoding {
        Encoding::Utf8 => Ok([b"\xEF\xBB\xBF", text.as_bytes()].concat()),
        Encoding::Sjis => {
            let text = text.replace('〜', "～");
            let (bytes, _, lost) = SHIFT_JIS.encode(&text);
            if lost { Err(first_lost(&text)) } else { Ok(bytes.into_owned()) }
        }
    }
}

fn is_lost(character: char) -> bool {
    SHIFT_JIS.encode(character.encode_utf8(&mut [0; 4])).2
}

/// The first character that is lost; a text in which none is has none to name, and says so with `\u{FFFD}`.
fn first_lost(text: &str) -> Unencodable {
    let count = text.chars().filter(|character| is_lost(*character)).count();
    for (line, letters) in text.lines().enumerate() {
        let letters: Vec<char> = letters.chars().collect();
        if let Some(at) = letters.iter().position(|character| is_lost(*character)) {
            let around = letters[at.saturating_sub(AROUND)..(at + AROUND + 1).min(letters.len())].iter().collect();
            return Unencodable { character: letters[at], line: line + 1, column: at + 1, around, count };
        }
    }
    Unencodable { character: '\u{FFFD}', line: 0, column: 0, around: String::new(), count }
}
