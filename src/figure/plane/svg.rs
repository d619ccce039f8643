//! The plane as SVG text: for the command line and for what the page exports.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use super::focus::Focus;
use super::frame::Frame;
use super::hardness::hardness_marks;
use super::look::{Colour, Look};
use super::paint::{Fields, Ground, paint_ground, paint_lines, paint_marks};
use super::painter::{Anchor, Marks, Painter, Shape, Stroke};
use super::png::png;
use super::raster::Raster;
use super::region::paint_region;
use super::scene::Scene;
use super::stamp::StampPainter;
use crate::base::Point;
use crate::experiment::{Report, Surface, View};

/// From this many points on they go into the file as one picture: an element per point would make it unusable.
const TOO_MANY: usize = 20_000;

/// Writes elements.
struct SvgPainter {
    out: String,
}

/// The plane of a report as SVG text of `width` by `height` pixels. `pinned` is the baseline's surface and threshold.
///
/// The title is the figure's text alternative.
pub fn svg(
    report: &Report,
    surface: &Surface,
    pinned: Option<(&Surface, f64)>,
    view: &View,
    look: &Look,
    (width, height): (f64, f64),
) -> String {
    let frame = Frame::fit(surface.window, width, height);
    let scene = Scene::new(report, view.step, view.layers);
    let fields = Fields::new(surface);
    let pinned = pinned.map(|(surface, threshold)| (Fields::new(surface).model, threshold));
    let ground = Ground {
        surface,
        fields: &fields,
        pinned: pinned.as_ref().map(|(field, threshold)| (field, *threshold)),
        threshold: view.threshold,
        layers: view.layers,
        columns: &report.columns,
    };
    let mut painter = SvgPainter { out: String::new() };
    let title = super::describe::summary(report, &scene, view.threshold);
    let paper = look.paper.css();
    let _ = write!(
        painter.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{width}\" height=\"{height}\" viewBox=\"0 0 {width} \
         {height}\" role=\"img\"><title>{}</title><rect width=\"100%\" height=\"100%\" fill=\"{paper}\"/>",
        escape(&title)
    );
    paint_ground(&mut painter, &ground, &frame, look);
    paint_many(&mut painter, &scene.marks(look), &frame);
    paint_lines(&mut painter, &ground, &frame, look);
    paint_many(&mut painter, &scene.errors(report, view.threshold, look), &frame);
    paint_many(&mut painter, &hardness_marks(&scene, report, look), &frame);
    if let Some(region) = &view.region {
        paint_region(&mut painter, region, &frame, look);
    }
    if let Some(focus) = view.step.and_then(|step| Focus::new(report, step)) {
        focus.paint(&mut painter, &frame, look, scene.radius, 1.0);
    }
    painter.out.push_str("</svg>\n");
    painter.out
}

/// Marks as elements or, when there are too many, as one picture.
fn paint_many(painter: &mut SvgPainter, groups: &[Marks], frame: &Frame) {
    if groups.iter().map(|group| group.at.len()).sum::<usize>() < TOO_MANY {
        paint_marks(painter, groups, frame);
    } else {
        let mut stamps = StampPainter::new(frame.width, frame.height, 2.0);
        paint_marks(&mut stamps, groups, frame);
        painter.raster(&stamps.raster, [0.0, 0.0], [frame.width, frame.height]);
    }
}

/// A number of pixels with two decimals at most.
fn px(v: f64) -> f64 {
    (v * 100.0).round() / 100.0
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn paint_attribute(name: &str, colour: Option<Colour>) -> String {
    colour.map_or_else(|| format!(" {name}=\"none\""), |colour| format!(" {name}=\"{}\"", colour.css()))
}

impl Painter for SvgPainter {
    fn raster(&mut self, raster: &Raster, [x0, y0]: Point, [x1, y1]: Point) {
        if raster.rgba.is_empty() {
            return;
        }
        let data = STANDARD.encode(png(raster));
        let [x, y, w, h] = [px(x0), px(y0), px(x1 - x0), px(y1 - y0)];
        let _ = write!(
            self.out,
            "<image x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" preserveAspectRatio=\"none\" \
             href=\"data:image/png;base64,{data}\"/>"
        );
    }

    fn marks(&mut self, marks: &Marks) {
        let r = px(marks.radius);
        let mut path = String::new();
        for &[x, y] in &marks.at {
            let [x, y] = [px(x), px(y)];
            let _ = match marks.shape {
                Shape::Disc => {
                    let d = px(2.0 * r);
                    write!(path, "M{} {y}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0z", px(x - r))
                }
                Shape::Diamond => write!(path, "M{} {y}l{r} {r}l{r} -{r}l-{r} -{r}z", px(x - r)),
                Shape::Slash => write!(path, "M{} {}l{d} -{d}", px(x - r), px(y + r), d = px(2.0 * r)),
                Shape::Square => write!(path, "M{} {}h{d}v{d}h-{d}z", px(x - r), px(y - r), d = px(2.0 * r)),
                Shape::Cross => {
                    write!(path, "M{} {}l{d} -{d}m0 {d}l-{d} -{d}", px(x - r), px(y + r), d = px(2.0 * r))
                }
                Shape::Plus => write!(path, "M{} {y}h{d}m-{r} -{r}v{d}", px(x - r), d = px(2.0 * r)),
            };
        }
        let fill = paint_attribute("fill", marks.ink.fill);
        let stroke = paint_attribute("stroke", marks.ink.stroke.map(|(colour, _)| colour));
        let width = marks.ink.stroke.map_or(0.0, |(_, width)| px(width));
        let _ = write!(self.out, "<path d=\"{path}\"{fill}{stroke} stroke-width=\"{width}\"/>");
    }

    fn line(&mut self, points: &[Point], closed: bool, stroke: Stroke) {
        if points.len() < 2 {
            return;
        }
        let mut path = String::new();
        for (i, &[x, y]) in points.iter().enumerate() {
            let _ = write!(path, "{}{} {}", if i == 0 { 'M' } else { 'L' }, px(x), px(y));
        }
        if closed {
            path.push('z');
        }
        let colour = paint_attribute("stroke", Some(stroke.colour));
        let dash: Vec<String> = stroke.dash.iter().map(f64::to_string).collect();
        let dash = if dash.is_empty() { String::new() } else { format!(" stroke-dasharray=\"{}\"", dash.join(" ")) };
        let _ = write!(self.out, "<path d=\"{path}\" fill=\"none\"{colour} stroke-width=\"{}\"{dash}/>", stroke.width);
    }

    fn text(&mut self, text: &str, [x, y]: Point, anchor: Anchor, colour: Colour) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let _ = write!(
            self.out,
            "<text x=\"{}\" y=\"{}\" text-anchor=\"{anchor}\" font-family=\"system-ui, sans-serif\" font-size=\"10\"{}>\
             {}</text>",
            px(x),
            px(y),
            paint_attribute("fill", Some(colour)),
            escape(text)
        );
    }
}
