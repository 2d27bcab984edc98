//! The keyboard reaches everything that can be pressed or typed into, and shows where it is.

use std::collections::BTreeMap;

use eframe::egui::accesskit::Role;
use eframe::egui::{Key, Rect, Shape};
use egui_kittest::kittest::{AccessKitNode, NodeT, Queryable, by};
use invigil::i18n::Language;
use invigil::ui::theme::{Look, Theme};

use crate::driver::{Window, is_control, is_field};
use crate::walk::walk;

/// Buttons that leave a question: where one stands, what is behind it can't be reached.
const WAYS_OUT: [&str; 4] = ["ui-cancel", "ui-understood", "ui-papers-leave", "ui-help-back"];

/// Everything that can be reached, by its id: its name, where it is.
pub fn reachable(window: &Window) -> BTreeMap<String, (String, Rect)> {
    let ways_out = WAYS_OUT.map(|id| window.t(id));
    let nodes = || window.harness.query_all(by().predicate(|node| !node.is_hidden() && !node.is_disabled()));
    let way_out = nodes().find(|node| {
        let name = node.accesskit_node().label();
        name.is_some_and(|name| ways_out.contains(&name)) && layer(&node.accesskit_node()).is_some()
    });
    let asked = way_out.and_then(|node| layer(&node.accesskit_node()));
    let wanted = nodes().filter(|node| {
        let node = node.accesskit_node();
        let role = node.role();
        (is_control(role) || is_field(role) || role == Role::Slider)
            && (asked.is_none() || layer(&node) == asked)
    });
    wanted
        .map(|node| {
            let name = node.accesskit_node().label().unwrap_or_default();
            (id(&node.accesskit_node()), (name, node.rect()))
        })
        .collect()
}

fn id(node: &AccessKitNode<'_>) -> String {
    format!("{:?}", node.id())
}

/// What of the window it belongs to: the screens, or a question before them.
fn layer(node: &AccessKitNode<'_>) -> Option<String> {
    let parents = std::iter::successors(node.parent(), AccessKitNode::parent);
    let parents: Vec<_> = parents.map(|parent| id(&parent)).collect();
    parents.len().checked_sub(2).map(|last| parents[last].clone())
}

/// The outline around what has the keyboard.
fn is_ringed(window: &Window, rect: Rect) -> bool {
    fn ringed(shape: &Shape, rect: Rect) -> bool {
        match shape {
            Shape::Vec(shapes) => shapes.iter().any(|shape| ringed(shape, rect)),
            Shape::Rect(drawn) => {
                let near =
                    rect.expand(8.0).contains_rect(drawn.rect) && drawn.rect.expand(8.0).contains_rect(rect);
                let looks = [Look::Light, Look::Dark, Look::HighContrast].map(Theme::new);
                let accent = looks.iter().any(|theme| theme.accent == drawn.stroke.color);
                near && accent && drawn.stroke.width >= 2.0
            }
            _ => false,
        }
    }
    window.harness.output().shapes.iter().any(|clipped| ringed(&clipped.shape, rect))
}

/// What is not reached by pressing Tab, and what does not show that it was.
fn unreached(window: &mut Window) -> Vec<String> {
    let mut left = reachable(window);
    // Of a table more rows come up on the way.
    let presses = 2 * left.len() + 80;
    let mut faults = Vec::new();
    for _ in 0..presses {
        if left.is_empty() {
            break;
        }
        window.harness.key_press(Key::Tab);
        window.harness.run_steps(2);
        let focused = window.harness.query_all(by().predicate(|node| node.is_focused())).next();
        let Some((id, rect)) = focused.map(|node| (id(&node.accesskit_node()), node.rect())) else {
            continue;
        };
        if let Some((name, _)) = left.remove(&id).filter(|_| !is_ringed(window, rect)) {
            faults.push(format!("does not show that the keyboard is there: {name:?}"));
        }
    }
    faults.extend(left.into_values().map(|(name, rect)| format!("is not reached: {name:?} at {rect:?}")));
    window.harness.ctx.memory_mut(|memory| {
        if let Some(focused) = memory.focused() {
            memory.surrender_focus(focused);
        }
    });
    window.settle();
    faults
}

#[test]
fn the_keyboard_reaches_every_control_of_every_screen() {
    let mut window = Window::open(Language::Ru);
    let mut found = Vec::new();
    walk(&mut window, &mut |window, stop| {
        let faults = unreached(window).into_iter().map(|fault| format!("{stop}: {fault}"));
        found.extend(faults.inspect(|fault| eprintln!("{fault}")));
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}
