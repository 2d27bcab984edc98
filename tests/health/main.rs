//! Health of the picture: scenes and photographs.
#![cfg(feature = "cameras")]

mod photographs;
mod scenes;
mod stage;
