//! What a file of answers may cost. Forms of a plan take a few hundred kilobytes; the limits leave room for pictures.

/// Bytes of a file.
pub const MAX_FILE: u64 = 16 << 20;
/// Bytes of memory that the reading process may take.
pub const MAX_MEMORY: u64 = 112 << 20;
/// Seconds of computing that it may take.
pub(super) const SECONDS: u64 = 2;
/// Seconds to wait for it on a busy machine.
pub(super) const PATIENCE: u64 = 20;
/// Bytes of all parts of a workbook together when unpacked.
pub(super) const MAX_UNPACKED: u64 = 32 << 20;
/// Parts of a workbook, its sheets, and the names it defines.
pub(super) const MAX_PARTS: usize = 2_000;
pub(super) const MAX_SHEETS: usize = 300;
pub(super) const MAX_NAMES: usize = 20_000;
/// Rows and columns within which a form or list lies.
pub(super) const MAX_ROW: u32 = 10_000;
pub(super) const MAX_COLUMN: u32 = 256;
/// Cells that hold something, and bytes of what is sent back.
pub(super) const MAX_CELLS: usize = 100_000;
pub(super) const MAX_SENT: usize = 16 << 20;
