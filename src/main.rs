//! Entry of the web page.

#[cfg(target_arch = "wasm32")]
fn main() {
    tiancheng::ui::start();
}

#[cfg(not(target_arch = "wasm32"))]
fn main() {
    eprintln!("This is the web page: build it with `cargo xtask serve`.");
}
