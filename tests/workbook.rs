//! Workbooks and CSV files: the same numbers in every format, and no word of a pack that does anything.
//!
//! In: documents of real analyses of the reference plan (`documents`), and documents full of texts that mean
//! harm. Each is printed, and read back: XLSX with calamine, CSV, JSON and HTML with small readers of our own
//! (`readers`). `libreoffice` has another program open, show and save the workbooks, where it is installed.

pub mod documents;
mod encodings;
mod equal;
mod figures;
pub mod hostile;
mod libreoffice;
mod readers;
mod shown;
