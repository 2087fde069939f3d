//! Neurons as arrows in a plane, and ellipses.

use plotters::prelude::DrawingBackend;
use plotters::style::RGBColor;
use plotters::style::text_anchor::{HPos, VPos};

use super::Drawn;
use super::painter::{Painter, Stroke, Words};
use crate::figure::{Arrows, DrawnNetwork, Frame, Rail, is_number};

/// Lines around an ellipse: no corner is seen.
const CORNERS: usize = 72;

/// So many arrows that each can still be followed; more are paler.
const FEW: usize = 48;

pub(super) fn draw<DB: DrawingBackend>(paint: &Painter<'_, DB>, arrows: &Arrows) -> Drawn<DB> {
    paint.clear()?;
    for (index, network) in arrows.networks.iter().enumerate() {
        one(paint, arrows, network, arrows.frame(index, paint.size()))?;
    }
    let count = arrows.rails.len();
    for (index, rail) in arrows.rails.iter().enumerate() {
        numbers(
            paint,
            rail,
            Arrows::rail(index, count, rail.most, paint.size()),
        )?;
    }
    Ok(())
}

fn solid(colour: RGBColor, opacity: f64, width: f64) -> Stroke {
    Stroke {
        colour,
        opacity,
        width,
        dash: &[],
    }
}

fn one<DB: DrawingBackend>(
    paint: &Painter<'_, DB>,
    arrows: &Arrows,
    network: &DrawnNetwork,
    frame: Frame,
) -> Drawn<DB> {
    let (right, bottom) = (frame.left + frame.width, frame.top + frame.height);
    let colour = paint.theme.hue(network.subject.ink().hue);
    let axis = arrows.axis();
    for tick in axis.ticks((frame.width / 44.0) as usize) {
        let (x, y) = (frame.x(&axis, tick.value), frame.y(&axis, tick.value));
        let shade = if tick.value == 0.0 {
            paint.theme.bar()
        } else {
            paint.theme.grid()
        };
        let line = solid(shade, 1.0, 1.0);
        paint.line(&[(x, frame.top), (x, bottom)], line)?;
        paint.line(&[(frame.left, y), (right, y)], line)?;
        let under = paint.small(HPos::Center, VPos::Top);
        paint.words(&tick.label, (x, bottom + 4.0), under)?;
        let beside = paint.small(HPos::Right, VPos::Center);
        paint.words(&tick.label, (frame.left - 5.0, y), beside)?;
    }

    let place = |(x, y): (f64, f64)| (frame.x(&axis, x), frame.y(&axis, y));
    for ellipse in &network.ellipses {
        let points: Vec<_> = ellipse.points(CORNERS).map(place).collect();
        let stroke = Stroke {
            dash: if ellipse.is_negative() {
                &[5.0, 4.0]
            } else {
                &[]
            },
            ..solid(paint.theme.hue(ellipse.hue), 0.8, 1.75)
        };
        paint.clipped_line(&points, frame, stroke)?;
    }
    // One look after the other: a canvas draws all that look alike at once.
    let fade = if network.start.len() > FEW { 0.6 } else { 1.0 };
    let looks = [
        (&network.start, solid(colour, 0.55 * fade, 1.0)),
        (&network.now, solid(colour, 0.95 * fade, 1.6)),
        (&network.optimum, solid(paint.theme.ink(), 0.8, 0.75)),
    ];
    for (tips, stroke) in looks {
        for &tip in tips.iter().filter(|tip| is_number(**tip)) {
            paint.clipped_line(&arrow(place((0.0, 0.0)), place(tip)), frame, stroke)?;
        }
    }

    let title = Words {
        colour,
        size: 13.0,
        bold: true,
        ..paint.small(HPos::Left, VPos::Top)
    }
    .within(frame.width, &network.label);
    paint.words(&network.label, (frame.left, frame.top - 20.0), title)?;
    let corner = paint.small(HPos::Right, VPos::Bottom);
    paint.words(&network.origin, (right - 4.0, bottom - 3.0), corner)?;
    let [across, up] = &arrows.axes;
    let under = paint.small(HPos::Center, VPos::Top);
    let middle = (frame.left + 0.5 * frame.width, bottom + 19.0);
    paint.words(across, middle, under)?;
    let upright = Words {
        upright: true,
        ..under
    };
    let middle = (frame.left - 42.0, frame.top + 0.5 * frame.height);
    paint.words(up, middle, upright)
}

/// From tail to tip and around the head, in one go.
fn arrow(tail: (f64, f64), tip: (f64, f64)) -> Vec<(f64, f64)> {
    let (dx, dy) = (tip.0 - tail.0, tip.1 - tail.1);
    let length = dx.hypot(dy);
    // A shorter one is all head.
    let head = (0.4 * length).min(6.0) / length.max(1e-9);
    let barb = |side: f64| {
        (
            tip.0 - head * (dx + side * 0.45 * dy),
            tip.1 - head * (dy - side * 0.45 * dx),
        )
    };
    vec![tail, tip, barb(1.0), tip, barb(-1.0)]
}

fn numbers<DB: DrawingBackend>(paint: &Painter<'_, DB>, rail: &Rail, frame: Frame) -> Drawn<DB> {
    let middle = frame.top + 0.5 * frame.height;
    let step = frame.width / rail.most as f64;
    paint.words(
        &rail.label,
        (4.0, middle),
        paint.small(HPos::Left, VPos::Center),
    )?;
    for number in 1..=rail.most {
        let x = frame.left + (number as f64 - 0.5) * step;
        let is_chosen = number == rail.chosen;
        if is_chosen {
            let (ground, half) = if rail.is_in_hand {
                (paint.theme.ink(), 0.5 * step.min(22.0))
            } else {
                (paint.theme.bar(), 0.5 * step.min(20.0))
            };
            let corners = [
                (x - half, frame.top + 2.0),
                (x + half, frame.top + frame.height - 2.0),
            ];
            paint.fill_box(corners[0], corners[1], ground)?;
        }
        let words = Words {
            bold: is_chosen,
            colour: if is_chosen && rail.is_in_hand {
                paint.theme.ground()
            } else {
                paint.theme.ink()
            },
            ..paint.small(HPos::Center, VPos::Center)
        }
        .within(step - 5.0, "00");
        paint.words(&number.to_string(), (x, middle), words)?;
    }
    Ok(())
}
