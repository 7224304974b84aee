//! Modules as SVG.

use core::fmt;

/// Adds a rectangle one module high to SVG path data.
pub(super) fn rectangle(path: &mut String, x: usize, y: usize, width: usize) {
    for (command, number) in [("M", x), (" ", y), ("h", width), ("v1h-", width)] {
        path.push_str(command);
        digits(path, number);
    }
    path.push('z');
}

/// Without a text of its own for every number: a code has a thousand of them.
fn digits(path: &mut String, number: usize) {
    if number > 9 {
        digits(path, number / 10);
    }
    path.push(char::from(b'0' + (number % 10) as u8));
}

/// An SVG document, black on white, two pixels a module.
pub(super) struct Svg {
    pub width: usize,
    pub height: usize,
    /// How many modules high a row of the path is drawn.
    pub stretch: usize,
    pub path: String,
}

impl fmt::Display for Svg {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Svg { width, height, stretch, path } = self;
        write!(
            f,
            "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"{}\" height=\"{}\" viewBox=\"0 0 {width} {height}\" \
             shape-rendering=\"crispEdges\"><path fill=\"#fff\" d=\"M0 0h{width}v{height}H0z\"/>\
             <path transform=\"scale(1 {stretch})\" d=\"{path}\"/></svg>",
            2 * width,
            2 * height,
        )
    }
}
