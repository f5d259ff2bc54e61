//! Plans that are brought in: texts and tables of any layout, and files that mean harm.

mod grid;
mod grid_files;
mod grid_maps;
mod grid_odd;
mod table;
mod text;
