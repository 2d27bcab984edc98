//! Draws what the window painted, by itself: without a GPU, its driver and their roundings, so that a picture
//! is the same on every computer.

use std::collections::HashMap;
use std::ops::Range;

use eframe::egui::epaint::{ClippedPrimitive, ColorImage, ImageData, ImageDelta, Mesh, Primitive, Vertex};
use eframe::egui::{Color32, Context, FullOutput, Rect, TextureId, TexturesDelta};
use egui_kittest::TestRenderer;
use image::{Rgba, RgbaImage};

pub struct Painter {
    textures: HashMap<TextureId, ColorImage>,
    smoothness: Smoothness,
}

/// How many steps an edge takes from one colour to another.
#[derive(Clone, Copy, PartialEq)]
enum Smoothness {
    Fine,
    /// Four: a screen has few colours then, and its picture is small.
    Coarse,
}

impl Painter {
    /// As the window is seen.
    pub fn fine() -> Self {
        Self { textures: HashMap::new(), smoothness: Smoothness::Fine }
    }

    /// For pictures that are kept: edges are as if cut with coarser scissors.
    pub fn coarse() -> Self {
        Self { textures: HashMap::new(), smoothness: Smoothness::Coarse }
    }

    fn patch(&mut self, id: TextureId, delta: ImageDelta) {
        let ImageData::Color(patch) = delta.image;
        let mut patch = (*patch).clone();
        if self.smoothness == Smoothness::Coarse {
            patch.pixels.iter_mut().for_each(|pixel| *pixel = coarse(id, *pixel));
        }
        let Some([left, top]) = delta.pos else {
            self.textures.insert(id, patch);
            return;
        };
        let whole = self.textures.get_mut(&id).expect("a texture is there before it is changed");
        let (width, stride) = (patch.size[0], whole.size[0]);
        for (row, pixels) in patch.pixels.chunks_exact(width).enumerate() {
            let begin = (top + row) * stride + left;
            whole.pixels[begin..begin + width].copy_from_slice(pixels);
        }
    }
}

/// What is left of a texture's finer shades: letters keep a few steps, camera pictures some more.
fn coarse(id: TextureId, pixel: Color32) -> Color32 {
    let step = if id == TextureId::default() { 85 } else { 51 };
    let [r, g, b, a] = pixel.to_array().map(|value| ((u16::from(value) + step / 2) / step * step) as u8);
    Color32::from_rgba_premultiplied(r, g, b, a)
}

impl TestRenderer for Painter {
    fn handle_delta(&mut self, delta: &mut TexturesDelta) {
        for (id, patches) in delta.set.drain() {
            patches.into_iter().for_each(|patch| self.patch(id, patch));
        }
        delta.free.drain().for_each(|id| drop(self.textures.remove(&id)));
    }

    fn render(&mut self, ctx: &Context, output: &FullOutput) -> Result<RgbaImage, String> {
        let scale = ctx.pixels_per_point();
        let size = ctx.content_rect().size() * scale;
        let mut canvas = Canvas {
            picture: RgbaImage::from_pixel(
                size.x.round() as u32,
                size.y.round() as u32,
                Rgba([0, 0, 0, 255]),
            ),
            scale,
            smoothness: self.smoothness,
        };
        for ClippedPrimitive { clip_rect, primitive } in ctx.tessellate(output.shapes.clone(), scale) {
            let Primitive::Mesh(mesh) = primitive else {
                return Err("the window paints with the GPU".to_owned());
            };
            let texture = self.textures.get(&mesh.texture_id).ok_or("a texture is missing")?;
            canvas.mesh(clip_rect, &mesh, texture);
        }
        Ok(canvas.picture)
    }
}

struct Canvas {
    picture: RgbaImage,
    scale: f32,
    smoothness: Smoothness,
}

impl Canvas {
    fn mesh(&mut self, clip: Rect, mesh: &Mesh, texture: &ColorImage) {
        let (width, height) = self.picture.dimensions();
        let pixel = |at: f32, end: u32| ((at * self.scale).round() as i32).clamp(0, end as i32);
        let columns = pixel(clip.left(), width)..pixel(clip.right(), width);
        let rows = pixel(clip.top(), height)..pixel(clip.bottom(), height);
        for corners in mesh.indices.chunks_exact(3) {
            let corners = [0, 1, 2].map(|corner| mesh.vertices[corners[corner] as usize]);
            if let Some(triangle) = Triangle::new(corners, self.scale) {
                self.triangle(&triangle, &columns, &rows, texture);
            }
        }
    }

    fn triangle(
        &mut self,
        triangle: &Triangle,
        columns: &Range<i32>,
        rows: &Range<i32>,
        texture: &ColorImage,
    ) {
        let ys = triangle.corners.map(|corner| corner.at[1]);
        let top = ys.into_iter().fold(f64::INFINITY, f64::min).floor() as i32;
        let bottom = ys.into_iter().fold(f64::NEG_INFINITY, f64::max).ceil() as i32;
        let plain = triangle.plain(texture);
        for y in top.max(rows.start)..bottom.min(rows.end) {
            for x in triangle.span(y, columns.clone()) {
                let source = plain.unwrap_or_else(|| triangle.colour(x, y, texture, self.smoothness));
                let Rgba(under) = self.picture.get_pixel_mut(x as u32, y as u32);
                *under = over(source, *under);
            }
        }
    }
}

/// Premultiplied colours, one over the other.
fn over(source: [u8; 4], under: [u8; 4]) -> [u8; 4] {
    match source[3] {
        255 => source,
        alpha => std::array::from_fn(|at| source[at].saturating_add(times(under[at], 255 - alpha))),
    }
}

/// The product of two parts of 255.
fn times(a: u8, b: u8) -> u8 {
    ((u32::from(a) * u32::from(b) + 127) / 255) as u8
}

#[derive(Clone, Copy)]
struct Corner {
    at: [f64; 2],
    uv: [f64; 2],
    colour: [u8; 4],
}

/// Its corners run so that the inside is to the right of every side.
struct Triangle {
    corners: [Corner; 3],
    /// The first is opposite to the first corner, and so on.
    sides: [Side; 3],
    area: f64,
}

impl Triangle {
    fn new(vertices: [Vertex; 3], scale: f32) -> Option<Self> {
        let mut corners = vertices.map(|vertex| Corner {
            at: [f64::from(vertex.pos.x * scale), f64::from(vertex.pos.y * scale)],
            uv: [f64::from(vertex.uv.x), f64::from(vertex.uv.y)],
            colour: vertex.color.to_array(),
        });
        let area = |[a, b, c]: [Corner; 3]| Side::new(a.at, b.at).beyond(c.at);
        if area(corners) < 0.0 {
            corners.swap(1, 2);
        }
        let [a, b, c] = corners.map(|corner| corner.at);
        let area = area(corners);
        (area > 0.0).then(|| Self {
            corners,
            sides: [Side::new(b, c), Side::new(c, a), Side::new(a, b)],
            area,
        })
    }

    /// The pixels of the row whose middle is inside; what lies on a side belongs to one of its two triangles.
    fn span(&self, y: i32, columns: Range<i32>) -> Range<i32> {
        self.sides.iter().fold(columns, |columns, side| side.narrow(y, columns))
    }

    /// One colour all over.
    fn plain(&self, texture: &ColorImage) -> Option<[u8; 4]> {
        let [a, b, c] = self.corners;
        let same = |other: Corner| other.colour == a.colour && other.uv == a.uv;
        (same(b) && same(c)).then(|| tinted(a.colour, texel(texture, a.uv)))
    }

    fn colour(&self, x: i32, y: i32, texture: &ColorImage, smoothness: Smoothness) -> [u8; 4] {
        let middle = [f64::from(x) + 0.5, f64::from(y) + 0.5];
        let shares = [0, 1, 2].map(|corner| self.sides[corner].beyond(middle) / self.area);
        let mixed = |of: &dyn Fn(&Corner) -> f64, shares: [f64; 3]| -> f64 {
            self.corners.iter().zip(shares).map(|(corner, share)| of(corner) * share).sum()
        };
        let uv = [0, 1].map(|axis| mixed(&|corner| corner.uv[axis], shares));
        let shares = match smoothness {
            Smoothness::Fine => shares,
            Smoothness::Coarse => thirds(shares),
        };
        let colour = std::array::from_fn(|part| {
            mixed(&|corner| f64::from(corner.colour[part]), shares).round().clamp(0.0, 255.0) as u8
        });
        tinted(colour, texel(texture, uv))
    }
}

/// Whole thirds, which make up one together.
fn thirds([a, b, _]: [f64; 3]) -> [f64; 3] {
    let [a, b] = [a, b].map(|share| (share * 3.0).round() / 3.0);
    [a, b, 1.0 - a - b]
}

fn tinted(colour: [u8; 4], texel: [u8; 4]) -> [u8; 4] {
    match texel {
        [255, 255, 255, 255] => colour,
        _ => std::array::from_fn(|part| times(colour[part], texel[part])),
    }
}

/// The texture's colour there, mixed of the four that are nearest.
fn texel(texture: &ColorImage, uv: [f64; 2]) -> [u8; 4] {
    let [(left, right, x), (top, bottom, y)] = [0, 1].map(|axis| {
        let at = uv[axis] * texture.size[axis] as f64 - 0.5;
        let inside = |at: f64| at.clamp(0.0, texture.size[axis] as f64 - 1.0) as usize;
        // Letters lie on whole pixels, give or take what a float is wrong by.
        let (below, part) = (at.floor(), at - at.floor());
        let part = if part < 0.01 {
            0.0
        } else if part > 0.99 {
            1.0
        } else {
            part
        };
        (inside(below), inside(below + 1.0), part)
    });
    let pixel = |x: usize, y: usize| texture.pixels[y * texture.size[0] + x].to_array();
    let corners = [pixel(left, top), pixel(right, top), pixel(left, bottom), pixel(right, bottom)];
    let shares = [(1.0 - x) * (1.0 - y), x * (1.0 - y), (1.0 - x) * y, x * y];
    std::array::from_fn(|part| {
        let mixed: f64 =
            corners.iter().zip(shares).map(|(pixel, share)| f64::from(pixel[part]) * share).sum();
        mixed.round() as u8
    })
}

struct Side {
    from: [f64; 2],
    along: [f64; 2],
}

impl Side {
    fn new(from: [f64; 2], to: [f64; 2]) -> Self {
        Self { from, along: [to[0] - from[0], to[1] - from[1]] }
    }

    /// Twice the area that it spans with the point: above zero inside.
    fn beyond(&self, [x, y]: [f64; 2]) -> f64 {
        self.along[0] * (y - self.from[1]) - self.along[1] * (x - self.from[0])
    }

    fn holds(&self, x: i32, y: i32) -> bool {
        let beyond = self.beyond([f64::from(x) + 0.5, f64::from(y) + 0.5]);
        let is_top_or_left = self.along[1] < 0.0 || (self.along[1] == 0.0 && self.along[0] > 0.0);
        beyond > 0.0 || (beyond == 0.0 && is_top_or_left)
    }

    /// What of the row is on its inner side.
    fn narrow(&self, y: i32, columns: Range<i32>) -> Range<i32> {
        let Range { start, end } = columns;
        if start >= end {
            return start..start;
        }
        if self.along[1] == 0.0 {
            return if self.holds(start, y) { start..end } else { start..start };
        }
        let crossed = self.from[0] + self.along[0] * (f64::from(y) + 0.5 - self.from[1]) / self.along[1];
        // About there; exactly where, the pixels around it tell.
        let mut edge = (crossed as i32).clamp(start, end);
        let opens = self.along[1] < 0.0;
        while edge > start && self.holds(edge - 1, y) == opens {
            edge -= 1;
        }
        while edge < end && self.holds(edge, y) != opens {
            edge += 1;
        }
        if opens { edge..end } else { start..edge }
    }
}

mod tests {
    use eframe::egui::{self, pos2, vec2};
    use egui_kittest::Harness;

    use super::*;

    fn painted(painter: Painter, draw: impl FnMut(&mut egui::Ui)) -> RgbaImage {
        let builder = Harness::builder().with_size([64.0, 48.0]).with_accessibility_check(false);
        let mut harness = builder.renderer(painter).build_ui(draw);
        harness.run_steps(2);
        harness.render().unwrap()
    }

    #[test]
    fn a_rectangle_is_painted_where_it_stands_and_each_pixel_once() {
        let half = Color32::from_rgba_premultiplied(0, 100, 0, 100);
        let picture = painted(Painter::fine(), |ui| {
            let place = Rect::from_min_size(pos2(10.0, 12.0), vec2(20.0, 8.0));
            ui.painter().add(egui::Shape::Mesh(std::sync::Arc::new({
                let mut mesh = Mesh::default();
                mesh.add_colored_rect(Rect::EVERYTHING.intersect(ui.ctx().content_rect()), Color32::RED);
                mesh.add_colored_rect(place, half);
                mesh
            })));
        });
        let mixed = [155, 100, 0, 255];
        for (x, y, Rgba(pixel)) in picture.enumerate_pixels() {
            let inside = (10..30).contains(&x) && (12..20).contains(&y);
            assert_eq!(*pixel, if inside { mixed } else { [255, 0, 0, 255] }, "{x} {y}");
        }
    }

    #[test]
    fn letters_and_edges_have_few_colours_when_coarse() {
        let draw = |ui: &mut egui::Ui| {
            ui.painter().rect_filled(ui.ctx().content_rect(), 0.0, Color32::WHITE);
            ui.painter().circle_filled(pos2(40.3, 20.7), 9.0, Color32::BLACK);
            ui.colored_label(Color32::BLACK, "Words");
        };
        let colours = |picture: RgbaImage| {
            picture.pixels().map(|pixel| pixel.0).collect::<std::collections::HashSet<_>>().len()
        };
        let (fine, coarse) = (painted(Painter::fine(), draw), painted(Painter::coarse(), draw));
        assert!(colours(fine) > 20);
        assert!((3..=12).contains(&colours(coarse)));
    }
}
