//! A text that the person copies: because the browser refuses to, or because it goes out in pieces.

use std::sync::Arc;

use leptos::html;
use leptos::prelude::*;
use leptos::task::spawn_local;

use super::app::use_shell;
use super::components::button::{Button, ButtonKind};
use super::dom::next_id;
use super::state::AppStore;
use crate::browser::clipboard::copy;
use crate::view::code::Code;
use crate::view::leaving::records;

/// A text to be copied by hand.
#[derive(Clone)]
pub struct Text {
    /// What it is.
    pub title: String,
    /// Why it lies here; may be empty.
    pub why: String,
    /// Its pieces; with a code what that says.
    pub texts: Vec<String>,
    /// The code to be held before a camera.
    pub code: Option<Code>,
    /// What follows when the person says it was sent.
    pub done: Option<Arc<dyn Fn() + Send + Sync>>,
}

thread_local! {
    static LAID: ArcRwSignal<Option<Text>> = ArcRwSignal::new(None);
}

fn laid() -> ArcRwSignal<Option<Text>> {
    LAID.with(Clone::clone)
}

/// Lays a text out on the page that is open.
pub fn lay_out(text: Text) {
    laid().set(Some(text));
}

/// Copies a text for a chat and says so; one that the browser refuses to copy is laid out.
pub fn give_text(town: AppStore, title: &'static str, text: String) {
    spawn_local(async move {
        if copy(&text).await {
            town.toasts.say(format!("已复制{title}，粘贴到聊天里发出"), None);
        } else {
            lay_out(Text {
                title: title.to_owned(),
                why: "浏览器不让网页复制。".to_owned(),
                texts: vec![text],
                code: None,
                done: None,
            });
        }
    });
}

/// The text that lies here, if any; at the top of pages that send something.
pub fn laid_out() -> AnyView {
    let laid = laid();
    on_cleanup(|| self::laid().set(None));
    let part = move || laid.get().map(sheet);
    part.into_any()
}

fn sheet(text: Text) -> AnyView {
    let shell = use_shell();
    let many = text.texts.len() > 1;
    let code = text.code.map(|code| drawing(code, "上报二维码"));
    let is_code = code.is_some();
    let letters: usize = text.texts.iter().map(|text| text.chars().count()).sum();
    let letters = records(u64::try_from(letters).unwrap_or(u64::MAX));
    let told = match many {
        _ if is_code => "请对方在“收发”页点“扫二维码”，对着屏幕扫；也可以用别的软件扫出文字，粘贴到“收到的是文本，没有文件”里。扫完请点“已发出”。".to_owned(),
        true => format!(
            "文字较长，共 {letters} 个字，聊天里一次可能发不全，已分成 {} 段。请逐段复制、逐段发出，先后不限，对方逐段粘贴。能发文件时，发文件更快。",
            text.texts.len()
        ),
        false => "请按住或点开下面的文字，全选、复制，粘贴到聊天里发出。".to_owned(),
    };
    let heading = NodeRef::<html::H2>::new();
    Effect::new(move |_| {
        if let Some(heading) = heading.get() {
            heading.scroll_into_view();
            let _ = heading.focus();
        }
    });
    let pieces = text.texts.into_iter().enumerate();
    let pieces = pieces
        .filter(|_| !is_code)
        .map(|(at, text)| piece(shell.toasts, at, many, text))
        .collect_view();
    let done = text.done.map(|done| {
        let said = move |()| {
            laid().set(None);
            done();
        };
        view! { <Button kind=ButtonKind::Main label="已发出".to_owned() on_press=said /> }
    });
    view! {
        <section class="card by-hand no-print" aria-label=if is_code { "出示二维码" } else { "复制为文本" }>
            <div class="card-body">
                <h2 node_ref=heading tabindex="-1">{text.title}</h2>
                <p>{text.why} {told}</p>
                {code}
                {pieces}
                <p class="button-row">{done} <Button label="关闭".to_owned() on_press=|()| laid().set(None) /></p>
            </div>
        </section>
    }
    .into_any()
}

/// A code as it is scanned: black on white in every theme.
pub fn drawing(code: Code, says: &'static str) -> AnyView {
    let side = code.side;
    view! {
        <svg class="code" role="img" aria-label=says viewBox=format!("0 0 {side} {side}") shape-rendering="crispEdges" data-letters=code.letters>
            <rect width=side height=side fill="#fff" />
            <path d=code.path fill="#000" />
        </svg>
    }
    .into_any()
}

fn piece(toasts: super::components::toast::Toasts, at: usize, many: bool, text: String) -> AnyView {
    let id = next_id("text");
    let field = NodeRef::<html::Textarea>::new();
    let label = if many {
        format!("第 {} 段", at + 1)
    } else {
        "文字".to_owned()
    };
    let select = move || {
        // The page may have been left while the browser was asked.
        if let Some(field) = field.try_get_untracked().flatten() {
            field.select();
        }
    };
    let copied = RwSignal::new(false);
    let act = many.then(|| {
        let text = text.clone();
        let said = label.clone();
        let press = move |()| {
            let (text, said) = (text.clone(), said.clone());
            spawn_local(async move {
                if copy(&text).await {
                    let _ = copied.try_set(true);
                    toasts.say(format!("已复制{said}，粘贴到聊天里发出"), None);
                } else {
                    select();
                    toasts.say("浏览器不让网页复制，请按住文字，全选、复制", None);
                }
            });
        };
        view! {
            <Button label=format!("复制{label}") on_press=press />
            <span class="small muted" role="status">{move || copied.get().then_some("已复制")}</span>
        }
    });
    view! {
        <div class="field">
            <label class="field-label" for=id.clone()>{label}</label>
            <textarea class="input" id=id readonly rows=if many { "2" } else { "6" } node_ref=field on:focus=move |_| select()>
                {text}
            </textarea>
            <p class="button-row">{act}</p>
        </div>
    }
    .into_any()
}
