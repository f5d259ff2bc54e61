//! The boxes of a network as text boxes, which can be moved and written in.

use rust_xlsxwriter::{
    ObjectMovement, Shape, ShapeFont, ShapeFormat, ShapeLine, ShapeSolidFill, ShapeText, ShapeTextHorizontalAlignment,
    ShapeTextVerticalAlignment, Worksheet, XlsxError,
};

use crate::chart::Network;
use crate::chart::network::plain::PlainBox;
use crate::chart::palette;
use crate::document::xlsx::clean::clean;

/// The size of their words in points: a little less than drawn, because a spreadsheet leaves wider margins.
const SIZE: f64 = 7.5;

/// Puts the boxes over the chart of the wires, which stands in `row` at an offset.
pub(super) fn insert(network: &Network, font: &str, sheet: &mut Worksheet, row: u32, offset: (u32, u32)) -> Result<(), XlsxError> {
    for each in network.plain().boxes {
        let (x, y) = (offset.0 + pixels(each.area.x), offset.1 + pixels(each.area.y));
        sheet.insert_shape_with_offset(row, 0, &shape(&each, font), x, y)?;
    }
    Ok(())
}

/// The outline repeats what the mark among the words says.
fn shape(each: &PlainBox, font: &str) -> Shape {
    let colour = palette::of(each.tone);
    let number = |colour: palette::Colour| u32::from_be_bytes([0, colour.0, colour.1, colour.2]);
    let format = ShapeFormat::new()
        .set_solid_fill(&ShapeSolidFill::new().set_color(number(colour.tint(0.06))))
        .set_line(&ShapeLine::new().set_color(number(colour)).set_width(1.25));
    let options = ShapeText::new()
        .set_horizontal_alignment(ShapeTextHorizontalAlignment::Left)
        .set_vertical_alignment(ShapeTextVerticalAlignment::Middle);
    let lines: Vec<String> = each.lines.iter().map(|line| clean(line)).collect();
    Shape::textbox()
        .set_text(lines.join("\n"))
        .set_alt_text(lines.join(" "))
        .set_width(pixels(each.area.width))
        .set_height(pixels(each.area.height))
        .set_font(&ShapeFont::new().set_name(font).set_size(SIZE).set_color(number(palette::INK)))
        .set_format(&format)
        .set_text_options(&options)
        .set_object_movement(ObjectMovement::DontMoveOrSizeWithCells)
}

fn pixels(length: f64) -> u32 {
    (length + 0.5) as u32
}
