//! Building the page.

use crate::process::{cargo, root, run};
use crate::{Outcome, finish, flag, setup};
use std::fs;
use std::path::{Path, PathBuf};

/// Where the built page lies.
pub fn dist() -> PathBuf {
    root().join("dist")
}

/// Builds the page into `dist/`; with `--dev` quickly.
pub fn build(arguments: &[String]) -> Outcome<()> {
    setup::for_page()?;
    compile(!flag(arguments, "--dev"))?;
    println!("The page is in {}", dist().display());
    Ok(())
}

/// Compiles and finishes the page. `dist/` changes only when all of it is there.
pub fn compile(release: bool) -> Outcome<()> {
    let profile = if release { "page" } else { "page-dev" };
    let mut cargo = cargo(&["build", "--locked", "--package", "tiancheng", "--bin", "page"]);
    run(cargo.args(["--profile", profile, "--target", setup::TARGET]))?;
    let fresh = root().join("dist.new");
    finish::of_cargo(&fresh, release)?;
    replace(&dist(), &fresh)
}

/// Puts `fresh` in the place of `folder`.
fn replace(folder: &Path, fresh: &Path) -> Outcome<()> {
    let failed = |error: std::io::Error| format!("{}: {error}", folder.display());
    if folder.exists() {
        let before = folder.with_extension("old");
        let _ = fs::remove_dir_all(&before);
        fs::rename(folder, &before).map_err(failed)?;
        fs::rename(fresh, folder).map_err(failed)?;
        return fs::remove_dir_all(&before).map_err(failed);
    }
    fs::rename(fresh, folder).map_err(failed)
}
