//! Measures drawings: what lies outside, which texts share room, what crosses what.

use mitoshi_report::chart::drawing::{Area, Drawing, Fill, Paint, Point, Shape, Step, Text, at};
use mitoshi_report::chart::palette::WHITE;

/// How far a line's own width may reach over an edge.
const SLACK: f64 = 0.5;

/// The shapes that reach over the edge of the sheet.
pub fn outside(drawing: &Drawing) -> Vec<String> {
    let sheet = Area::new(0.0, 0.0, drawing.width, drawing.height).grown(SLACK);
    let holds = |corner: &Point| sheet.holds(Area::new(corner.x, corner.y, 0.0, 0.0));
    drawing.shapes.iter().filter(|shape| !shape.corners().iter().all(holds)).map(|shape| format!("{shape:?}")).collect()
}

fn texts(drawing: &Drawing) -> Vec<&Text> {
    drawing.shapes.iter().filter_map(|shape| if let Shape::Text(text) = shape { Some(text) } else { None }).collect()
}

/// The pairs of texts that share room.
pub fn overlaps(drawing: &Drawing) -> Vec<String> {
    let texts = texts(drawing);
    let mut found = Vec::new();
    for (n, one) in texts.iter().enumerate() {
        let others = texts[n + 1..].iter().filter(|other| one.area().grown(-SLACK).meets(other.area()));
        found.extend(others.map(|other| format!("{} {:?} / {} {:?}", one.content, one.area(), other.content, other.area())));
    }
    found
}

/// The boxes of a network: white with an outline, and high enough for words.
pub fn boxes(drawing: &Drawing) -> Vec<Area> {
    let is_box = |paint: &Paint| paint.fill == Fill::Plain(WHITE) && paint.stroke.is_some();
    let areas = drawing.shapes.iter().filter_map(|shape| match shape {
        Shape::Area(area, _, paint) if is_box(paint) => Some(*area),
        _ => None,
    });
    areas.collect()
}

/// The wires that run through a box, or through a lag mark that is not their own.
pub fn crossed(drawing: &Drawing, boxes: &[Area]) -> Vec<String> {
    let wires = drawing.shapes.iter().filter_map(|shape| match shape {
        Shape::Path(steps, paint) if paint.fill == Fill::None => Some(traced(steps)),
        _ => None,
    });
    let wires: Vec<Vec<Point>> = wires.collect();
    let marks = texts(drawing).into_iter().filter(|text| text.veiled).map(|text| (text.content.as_str(), text.area()));
    let marks: Vec<(&str, Area)> = marks.collect();
    let touches = |wire: &[Point], area: Area| wire.iter().any(|point| area.grown(-1.0).holds(Area::new(point.x, point.y, 0.0, 0.0)));
    let mut found = Vec::new();
    for wire in &wires {
        found.extend(boxes.iter().filter(|area| touches(wire, **area)).map(|area| format!("{:?} through {area:?}", wire.first())));
    }
    for (words, area) in marks {
        let through = wires.iter().filter(|wire| touches(wire, area)).count();
        if through > 1 {
            found.push(format!("{through} wires through the mark {words} at {area:?}"));
        }
    }
    found
}

/// Points along a path, at most a few pixels apart.
fn traced(steps: &[Step]) -> Vec<Point> {
    let mut points = Vec::new();
    let mut from = Point::default();
    for step in steps {
        let (one, two, to) = match step {
            Step::Move(to) => (*to, *to, *to),
            Step::Line(to) => (from, *to, *to),
            Step::Curve(one, two, to) => (*one, *two, *to),
            Step::Close => continue,
        };
        let start = if let Step::Move(to) = step { *to } else { from };
        points.extend((0..=64).map(|n| {
            let (there, back) = (f64::from(n) / 64.0, 1.0 - f64::from(n) / 64.0);
            let mix = |a: f64, b: f64, c: f64, d: f64| {
                back * back * back * a + 3.0 * back * back * there * b + 3.0 * back * there * there * c + there * there * there * d
            };
            at(mix(start.x, one.x, two.x, to.x), mix(start.y, one.y, two.y, to.y))
        }));
        from = to;
    }
    points
}
