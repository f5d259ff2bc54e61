//! Bringing a plan in: tables of any layout, and files that mean harm.

mod grid;
mod grid_files;
mod grid_maps;
mod grid_odd;
