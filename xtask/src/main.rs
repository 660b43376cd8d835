//! Developer commands, run as `cargo xtask <command>`.
//!
//! | module | what it does |
//! |---|---|
//! | `setup` | installs what the other commands need, and says why |
//! | `page` | builds the page: cargo, then the finishing of `finish` |
//! | `serve` | serves the page and builds it anew when a source file changes |
//! | `optimiser` | finds wasm-opt, or installs it |
//! | `finish` | names files by content, binds style sheets, writes the service worker |
//! | `office` | compiles the worker that reads and writes workbooks |
//! | `parts` | splits the compiled page into what the first view needs and what is fetched afterwards |
//! | `wasm` | small changes to compiled modules |
//! | `floor` | the smallest Leptos page, and the charts alone, for comparison |
//! | `stages` | `check`, `test`, `bench`: runs stages and sums their results |
//! | `size` | weighs what is sent before the first page is usable |

mod finish;
mod floor;
mod office;
mod optimiser;
mod page;
mod parts;
mod process;
mod serve;
mod setup;
mod size;
mod stages;
mod wasm;

use std::process::ExitCode;

/// What went wrong, in words for a person.
type Outcome<T> = Result<T, String>;

const HELP: &str = "\
cargo xtask <command>

  serve [--port N] [--dev]   install what is missing, build the page, serve it and print its address
                             --dev: quick builds after each edit, no offline copy
  build [--dev]              build the page into dist/; any static host can serve the folder from any path
  check                      format, lints, native tests
  test                       everything `check` does, size budget and browser tests; ends with `N passed, N failed`,
                             and `, unsteady: N` where browser tests needed a second attempt (more than two fail)
       [--browser NAME]      only the browser tests, in one browser: chromium firefox webkit chromium88 chromium91
       [--filter TEXT]       only the browser tests whose name contains TEXT
       [--no-build]          browser tests against dist/ as it is
  walk                       random presses, typing, keys and undo in the sample town; tells the seed of what it finds
       [--browser NAME] [--actions N] [--seed S] [--no-build]   chromium, 20,000 and another seed each time
  size                       weigh dist/ and compare with xtask/budget.toml
  bench                      native benchmarks, then the timings taken in a browser
       [--browser]           the latter alone
       [--draw]              only the drawing of charts and map, in a browser
       [--no-build]          with --draw: dist/ as it is
  kills                      kill the browsers in the middle of saving, and count what is lost
       [--browser NAME]      only one of chromium firefox webkit
       [--kills N]           how often, instead of 100
       [--no-build]          dist/ as it is
  model                      random histories of edits, deletions and joins: what the program shows of them, held against
                             a model written from docs/file-format.md; tells the number of the history that differs
       [--histories N] [--seed S]   10,000 and other ones each time; `--histories 1 --seed NUMBER` takes one again
";

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let (command, rest) = match arguments.split_first() {
        Some((command, rest)) => (command.as_str(), rest),
        None => ("help", &[][..]),
    };
    let outcome = match command {
        "serve" => serve::serve(rest),
        "build" => page::build(rest),
        "check" => stages::check(),
        "test" => stages::test(rest),
        "size" => size::report(),
        "bench" => stages::bench(rest),
        "walk" => stages::walk(rest),
        "kills" => stages::kills(rest),
        "model" => stages::model(rest),
        // Called by trunk after each build, for those who use it: [package.metadata.trunk] in Cargo.toml.
        "finish" => finish::from_trunk(),
        "setup" => setup::all(),
        // What `build` and `serve` do first; for xtask/fresh.sh, which tells how long each step takes.
        "setup-page" => setup::for_page(),
        "help" | "--help" | "-h" => {
            print!("{HELP}");
            Ok(())
        }
        other => Err(format!("there is no command `{other}`\n\n{HELP}")),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            eprintln!("xtask: {message}");
            ExitCode::FAILURE
        }
    }
}

/// The value after `name` among the arguments.
fn option<'a>(arguments: &'a [String], name: &str) -> Option<&'a str> {
    let at = arguments.iter().position(|argument| argument == name)?;
    arguments.get(at + 1).map(String::as_str)
}

/// Whether `name` stands among the arguments.
fn flag(arguments: &[String], name: &str) -> bool {
    arguments.iter().any(|argument| argument == name)
}
