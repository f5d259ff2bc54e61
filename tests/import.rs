//! Plans that are brought in: the text of the reference plan becomes a pack with the figures of the repository's sheets.

mod text;
