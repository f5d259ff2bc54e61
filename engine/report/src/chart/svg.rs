//! Shapes as SVG text: stands alone, inline in a page, in print.
//!
//! No style sheet, no script, no reference outwards; ids begin with the figure's. Coordinates have at most
//! one decimal. The picture is one image to a screen reader: its title and description are read, the letters
//! in it are not.

use std::collections::BTreeSet;
use std::fmt::Write;

use super::drawing::{Anchor, Dash, Drawing, Fill, Paint, Part, Pattern, SIZE, Shape, Step, Text};
use super::letters;
use super::palette::{Colour, WHITE};
use crate::number::round;

/// Japanese fonts of Windows, macOS and Linux by name, then whatever there is.
const FONTS: &str =
    "'Yu Gothic UI','Yu Gothic',Meiryo,'Hiragino Sans','Hiragino Kaku Gothic ProN','Noto Sans CJK JP','Noto Sans JP',sans-serif";
/// The most letters of a title.
const LONGEST_TITLE: usize = 200;
/// The most letters of a description.
const LONGEST_DESCRIPTION: usize = 4000;

/// Prints a drawing.
pub fn print(drawing: &Drawing, id: &str, title: &str, description: &str) -> String {
    let id = self::id(id);
    let (width, height) = (length(drawing.width), length(drawing.height));
    let mut out = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" id=\"{id}\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} {height}\" \
         role=\"img\" aria-labelledby=\"{id}-title {id}-desc\" font-family=\"{FONTS}\" font-size=\"{}\">\n",
        length(SIZE)
    );
    let _ = writeln!(out, "<title id=\"{id}-title\">{}</title>", escape(&cut(title, LONGEST_TITLE)));
    let _ = writeln!(out, "<desc id=\"{id}-desc\">{}</desc>", escape(&cut(description, LONGEST_DESCRIPTION)));
    out += &patterns(drawing, &id);
    let _ = writeln!(out, "<rect width=\"{width}\" height=\"{height}\" fill=\"{}\"/>", WHITE.hex());
    for (at, shape) in drawing.shapes.iter().enumerate() {
        drawing.parts.iter().filter(|(shapes, _)| shapes.start == at && !shapes.is_empty()).for_each(|(_, part)| out += &begin(*part));
        out += &self::shape(shape, &id);
        drawing.parts.iter().filter(|(shapes, _)| shapes.end == at + 1 && !shapes.is_empty()).for_each(|_| out += "</g>\n");
    }
    out + "</svg>\n"
}

fn begin(part: Part) -> String {
    match part {
        Part::Node(node) => format!("<g data-node=\"{node}\">\n"),
        Part::Link(from, to) => format!("<g data-from=\"{from}\" data-to=\"{to}\">\n"),
    }
}

/// A name that may stand as an id: ASCII only, beginning with a letter.
fn id(name: &str) -> String {
    let kept: String =
        name.chars().map(|letter| if letter.is_ascii_alphanumeric() || letter == '_' { letter } else { '-' }).take(80).collect();
    if kept.starts_with(|first: char| first.is_ascii_alphabetic()) { kept } else { format!("figure-{kept}") }
}

fn cut(text: &str, most: usize) -> String {
    let text = letters::clean(text);
    match text.char_indices().nth(most) {
        Some((at, _)) => format!("{}…", &text[..at]),
        None => text,
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// A length with at most one decimal.
fn length(value: f64) -> String {
    let text = round(value, 1).unwrap_or_default();
    text.strip_suffix(".0").map_or(text.clone(), str::to_owned)
}

fn pattern_id(id: &str, pattern: Pattern, colour: Colour) -> String {
    let name = match pattern {
        Pattern::Rising => "rising",
        Pattern::Falling => "falling",
        Pattern::Cross => "cross",
        Pattern::Dots => "dots",
    };
    format!("{id}-{name}-{}", &colour.hex()[1..])
}

/// The definitions of the patterns that the drawing uses.
fn patterns(drawing: &Drawing, id: &str) -> String {
    let fills = drawing.shapes.iter().filter_map(|shape| match shape {
        Shape::Path(_, paint) | Shape::Area(_, _, paint) | Shape::Dot(_, _, paint) => Some(paint.fill),
        Shape::Text(_) => None,
    });
    let used: BTreeSet<(Pattern, Colour)> =
        fills.filter_map(|fill| if let Fill::Pattern(pattern, colour) = fill { Some((pattern, colour)) } else { None }).collect();
    if used.is_empty() {
        return String::new();
    }
    let definitions: String = used.into_iter().map(|(pattern, colour)| definition(id, pattern, colour)).collect();
    format!("<defs>\n{definitions}</defs>\n")
}

fn definition(id: &str, pattern: Pattern, colour: Colour) -> String {
    let lines = match pattern {
        Pattern::Rising => "M-1 1L1 -1M0 6L6 0M5 7L7 5",
        Pattern::Falling => "M5 -1L7 1M0 0L6 6M-1 5L1 7",
        Pattern::Cross => "M0 0L6 6M0 6L6 0",
        Pattern::Dots => "M1 2h2M4 5h2",
    };
    format!(
        "<pattern id=\"{}\" width=\"6\" height=\"6\" patternUnits=\"userSpaceOnUse\"><rect width=\"6\" height=\"6\" fill=\"{}\"/>\
         <path d=\"{lines}\" stroke=\"{}\" stroke-width=\"1.6\"/></pattern>\n",
        pattern_id(id, pattern, colour),
        colour.tint(0.16).hex(),
        colour.hex()
    )
}

fn shape(shape: &Shape, id: &str) -> String {
    match shape {
        Shape::Path(steps, paint) => format!("<path d=\"{}\"{}/>\n", steps.iter().map(step).collect::<String>(), self::paint(*paint, id)),
        Shape::Area(area, radius, paint) => {
            let round = if *radius > 0.0 { format!(" rx=\"{}\"", length(*radius)) } else { String::new() };
            let (x, y, width, height) = (length(area.x), length(area.y), length(area.width), length(area.height));
            format!("<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"{round}{}/>\n", self::paint(*paint, id))
        }
        Shape::Dot(centre, radius, paint) => {
            format!(
                "<circle cx=\"{}\" cy=\"{}\" r=\"{}\"{}/>\n",
                length(centre.x),
                length(centre.y),
                length(*radius),
                self::paint(*paint, id)
            )
        }
        Shape::Text(text) => self::text(text),
    }
}

fn step(step: &Step) -> String {
    match step {
        Step::Move(to) => format!("M{} {}", length(to.x), length(to.y)),
        Step::Line(to) => format!("L{} {}", length(to.x), length(to.y)),
        Step::Curve(one, two, to) => {
            let [a, b, c, d] = [one.x, one.y, two.x, two.y].map(length);
            format!("C{a} {b} {c} {d} {} {}", length(to.x), length(to.y))
        }
        Step::Close => "Z".to_owned(),
    }
}

fn paint(paint: Paint, id: &str) -> String {
    let mut out = match paint.fill {
        Fill::None => " fill=\"none\"".to_owned(),
        Fill::Plain(colour) => format!(" fill=\"{}\"", colour.hex()),
        Fill::Pattern(pattern, colour) => format!(" fill=\"url(#{})\"", pattern_id(id, pattern, colour)),
    };
    if let Some((colour, width)) = paint.stroke {
        let _ = write!(out, " stroke=\"{}\" stroke-width=\"{}\"", colour.hex(), length(width));
    }
    out + match paint.dash {
        Dash::Solid => "",
        Dash::Dashed => " stroke-dasharray=\"6 4\"",
        Dash::Dotted => " stroke-dasharray=\"1.5 3.5\"",
        Dash::Mixed => " stroke-dasharray=\"8 3 1.5 3\"",
        Dash::Long => " stroke-dasharray=\"12 4\"",
    }
}

fn text(text: &Text) -> String {
    let mut out = String::new();
    if text.veiled {
        let area = text.area();
        let [x, y, width, height] = [area.x - 1.0, area.y, area.width + 2.0, area.height].map(length);
        let _ = writeln!(
            out,
            "<rect x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" fill=\"{}\" fill-opacity=\"0.9\"/>",
            WHITE.hex()
        );
    }
    let _ = write!(out, "<text x=\"{}\" y=\"{}\"", length(text.at.x), length(text.at.y));
    if text.size != SIZE {
        let _ = write!(out, " font-size=\"{}\"", length(text.size));
    }
    out += match text.anchor {
        Anchor::Start => "",
        Anchor::Middle => " text-anchor=\"middle\"",
        Anchor::End => " text-anchor=\"end\"",
    };
    if text.bold {
        out += " font-weight=\"bold\"";
    }
    let _ = writeln!(out, " fill=\"{}\">{}</text>", text.ink().hex(), escape(&text.content));
    out
}
