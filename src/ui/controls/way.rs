//! The way that a slider's thumb goes under a mouse.
//!
//! The browser's own drag moves the thumb at once, in a frame that is laid out, painted and composed before the one with
//! the result, and takes from the result the time for it. A slider that the mouse moves by this way moves with what it
//! changes. Touch and keys stay the browser's.

use web_sys::{Element, PointerEvent};

/// Diameter of a thumb in CSS pixels, as in the style sheet: its middle stays half of that away from both ends.
const THUMB: f64 = 16.0;

/// From where to where the middle of the thumb goes, in CSS pixels of the window.
#[derive(Clone, Copy, Debug)]
pub struct Way {
    from: f64,
    length: f64,
}

impl Way {
    /// The way of the slider that a press of the mouse takes hold of; `None` for what the browser does by itself (another
    /// button, touch, a pen). The press is ours then: the browser does not drag, and does not move the focus.
    pub fn taken(event: &PointerEvent, slider: &Element) -> Option<Way> {
        if event.pointer_type() != "mouse" || event.button() != 0 {
            return None;
        }
        event.prevent_default();
        // Refused only for a pointer that is gone.
        let _ = slider.set_pointer_capture(event.pointer_id());
        let place = slider.get_bounding_client_rect();
        Some(Way { from: place.left() + THUMB / 2.0, length: (place.width() - THUMB).max(1.0) })
    }

    /// How far along the way the pointer is, 0 to 1.
    pub fn share(&self, event: &PointerEvent) -> f64 {
        ((f64::from(event.client_x()) - self.from) / self.length).clamp(0.0, 1.0)
    }
}
