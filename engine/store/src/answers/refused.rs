//! Why a file from outside is not read, and what can be done about it.

use mitoshi_core::diagnostic::{Code, Diagnostic, Text};
use mitoshi_core::text;

use super::limits::{MAX_COLUMN, MAX_FILE, MAX_ROW};

/// What a file is read for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Purpose {
    /// Answers of departments: somebody else made the file and can be asked for another.
    Answers,
    /// A table to be brought in: whoever reads the message has the file.
    Import,
}

/// A reason, as the child names it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Reason {
    Empty,
    Link,
    FileTooLarge,
    Password,
    OldKind,
    OtherKind,
    Damaged,
    NotText,
    Macros,
    OtherFiles,
    Embedded,
    Bomb,
    Lying,
    Dtd,
    FarCell,
    TooMuch,
    TooSlow,
    NoChild,
    NotAnAnswer,
}

const ALL: [(Reason, &str); 19] = [
    (Reason::Empty, "empty"),
    (Reason::Link, "link"),
    (Reason::FileTooLarge, "file_too_large"),
    (Reason::Password, "password"),
    (Reason::OldKind, "old_kind"),
    (Reason::OtherKind, "other_kind"),
    (Reason::Damaged, "damaged"),
    (Reason::NotText, "not_text"),
    (Reason::Macros, "macros"),
    (Reason::OtherFiles, "other_files"),
    (Reason::Embedded, "embedded"),
    (Reason::Bomb, "bomb"),
    (Reason::Lying, "lying"),
    (Reason::Dtd, "dtd"),
    (Reason::FarCell, "far_cell"),
    (Reason::TooMuch, "too_much"),
    (Reason::TooSlow, "too_slow"),
    (Reason::NoChild, "no_child"),
    (Reason::NotAnAnswer, "not_an_answer"),
];

impl Reason {
    pub(super) fn id(self) -> &'static str {
        ALL.iter().find(|(reason, _)| *reason == self).map_or("", |(_, id)| id)
    }

    pub(super) fn of_id(id: &str) -> Option<Self> {
        ALL.iter().find(|(_, known)| *known == id).map(|(reason, _)| *reason)
    }

    fn code(self, purpose: Purpose) -> Code {
        match self {
            Self::NotAnAnswer if purpose == Purpose::Import => Code::AnswerFileUnreadable,
            Self::Empty | Self::Password | Self::OldKind | Self::OtherKind | Self::Damaged | Self::NotText | Self::NoChild => {
                Code::AnswerFileUnreadable
            }
            Self::NotAnAnswer => Code::NoAnswers,
            _ => Code::AnswerFileRefused,
        }
    }

    fn says(self, detail: &str, purpose: Purpose) -> Text {
        let (rows, columns, size) = (MAX_ROW, MAX_COLUMN, MAX_FILE >> 20);
        match self {
            Self::Empty => text!("中身がありません", "it is empty"),
            Self::Link => text!("ほかの場所を指すリンクです", "it is a link to another place"),
            Self::FileTooLarge => text!("{size} MB を超えています（{detail}）", "it is larger than {size} MB ({detail})"),
            Self::Password => text!("パスワードで保護されています", "it is protected by a password"),
            Self::OldKind => text!("古い形式のブック（.xls など）です", "it is a workbook of an old kind (.xls or the like)"),
            Self::OtherKind | Self::NotAnAnswer if purpose == Purpose::Import => text!(
                "Excelのブック（.xlsx）でも、ODS（.ods）でも、表（.csv）でもありません",
                "it is neither a workbook (.xlsx, .ods) nor a table (.csv)"
            ),
            Self::OtherKind | Self::NotAnAnswer => {
                text!("Excelのブック（.xlsx）でも表（.csv）でもありません", "it is neither a workbook (.xlsx) nor a table (.csv)")
            }
            Self::Damaged => text!("壊れているか、途中で切れています", "it is damaged or cut off"),
            Self::NotText => text!("文字コードが UTF-8 でも Shift_JIS でもありません", "its encoding is neither UTF-8 nor Shift_JIS"),
            Self::Macros => text!("マクロを含みます", "it holds macros"),
            Self::OtherFiles => text!("ほかのファイルやデータへのリンクを含みます", "it refers to other files or data"),
            Self::Embedded => text!("埋め込まれた部品（{detail}）を含みます", "it holds embedded parts ({detail})"),
            Self::Bomb => text!("広げると大きくなりすぎます", "it becomes too large when unpacked"),
            Self::Lying => text!("書かれている大きさと中身が合いません", "its stated sizes do not agree with its content"),
            Self::Dtd => text!("文書型の宣言を含みます", "it holds a document type declaration"),
            Self::FarCell => text!(
                "{rows}行・{columns}列より外に値があります（{detail}）",
                "it has a value beyond {rows} rows and {columns} columns ({detail})"
            ),
            Self::TooMuch => text!("読むのにメモリーや項目が要りすぎます", "it takes too much memory, or holds too many cells"),
            Self::TooSlow => text!("読むのに時間がかかりすぎます", "it takes too long to read"),
            Self::NoChild => text!("読み取りの処理を始められません（{detail}）", "its reading could not be started ({detail})"),
        }
    }

    /// What its owner can do.
    fn cure_of_own(self) -> Text {
        match self {
            Self::Password => text!("パスワードを外して保存し直してください。", "save it without a password"),
            Self::OldKind => text!("Excelブック（.xlsx）として保存し直してください。", "save it as an Excel workbook (.xlsx)"),
            Self::OtherKind | Self::NotAnAnswer => text!(
                "Excelブック（.xlsx）、ODS（.ods）、CSVのどれかとして保存し直してください。",
                "save it as an Excel workbook (.xlsx), an OpenDocument spreadsheet (.ods) or CSV"
            ),
            Self::NotText => text!("CSV UTF-8（コンマ区切り）として保存し直してください。", "save it as CSV UTF-8 (comma delimited)"),
            Self::Empty => text!("表のあるファイルを指定してください。", "give a file that holds a table"),
            Self::Link => text!("リンクではなく、ファイルそのものを指定してください。", "give the file itself, not a link to it"),
            Self::NoChild => text!("ファイルの名と、読む権限を確かめてください。", "check the file's name, and that you may read it"),
            _ => text!(
                "新しいブックに表の値だけを貼り付け、Excelブック（.xlsx）として保存し直してください。",
                "paste the table's values alone into a new workbook and save it as .xlsx"
            ),
        }
    }

    /// What its sender can do.
    fn cure(self) -> Text {
        match self {
            Self::Password => text!("パスワードを外して保存し直してもらってください。", "ask for a copy without a password"),
            Self::OldKind => text!("Excelブック（.xlsx）として保存し直してください。", "save it as an Excel workbook (.xlsx)"),
            Self::OtherKind | Self::NotAnAnswer => {
                text!("回答でなければフォルダーから除いてください。", "move it out of the folder if it is no answer")
            }
            Self::NotText => {
                text!("CSV UTF-8（コンマ区切り）として保存し直してください。", "save it as CSV UTF-8 (comma delimited)")
            }
            Self::OtherFiles => text!(
                "送った照会票に値だけを貼り付けて返してもらってください（リンクは「データ」の「リンクの編集」で解除できます）。",
                "ask for the form as it was sent, with values only (Data, Edit Links, Break Link)"
            ),
            Self::TooSlow | Self::NoChild => text!(
                "もう一度行い、同じなら、送った照会票に書き直して返してもらってください。",
                "try again; if it happens again, ask for the form as it was sent"
            ),
            Self::Link => text!("ファイルそのものをフォルダーに置いてください。", "put the file itself into the folder"),
            _ => text!("送った照会票に書き直して返してもらってください。", "ask for the form as it was sent, filled in anew"),
        }
    }

    /// The diagnostic for a file of this name.
    pub(super) fn tell(self, name: &str, detail: &str, purpose: Purpose) -> Box<Diagnostic> {
        let says = self.says(detail, purpose);
        let cure = if purpose == Purpose::Import { self.cure_of_own() } else { self.cure() };
        let (ja, en) = (says.ja, says.en);
        let message = text!("{name} を読みません: {ja}", "{name} is not read: {en}");
        Box::new(Diagnostic::new(self.code(purpose), message).hint(cure))
    }
}
