//! The worker of the page: reads and writes files where a hostile one can be stopped without the page standing still.
//! Elsewhere it only says what it is.

#[cfg(target_arch = "wasm32")]
mod bound {
    use wasm_bindgen::prelude::wasm_bindgen;

    /// A file as JSON: `{"Ok": Book}` without the rows of its sheets and then the pieces with its rows, or
    /// `{"Err": Refusal}`. An error is a sentence.
    #[wasm_bindgen]
    pub fn read(bytes: &[u8]) -> Result<Vec<String>, String> {
        let (first, pieces) = match office::read(bytes) {
            Ok(book) => {
                let (book, pieces) = office::pieces::apart(book);
                (Ok(book), pieces)
            }
            Err(refusal) => (Err(refusal), Vec::new()),
        };
        let first = std::iter::once(serde_json::to_string(&first));
        let all = first.chain(pieces.iter().map(serde_json::to_string));
        all.collect::<Result<_, _>>().map_err(|error| error.to_string())
    }

    /// A workbook of sheets given as JSON; an error is a sentence.
    #[wasm_bindgen]
    pub fn write(sheets: &str) -> Result<Vec<u8>, String> {
        let sheets: Vec<office::sheet::Sheet> = serde_json::from_str(sheets).map_err(|error| error.to_string())?;
        office::write(&sheets)
    }

    /// Workbooks in one archive, given as JSON: names of files with their sheets; an error is a sentence.
    #[wasm_bindgen]
    pub fn bundle(books: &str) -> Result<Vec<u8>, String> {
        let books: Vec<(String, Vec<office::sheet::Sheet>)> =
            serde_json::from_str(books).map_err(|error| error.to_string())?;
        office::bundle(&books)
    }

    /// A text document of a paper given as JSON; an error is a sentence.
    #[wasm_bindgen]
    pub fn write_paper(paper: &str) -> Result<Vec<u8>, String> {
        let paper: office::paper::Paper = serde_json::from_str(paper).map_err(|error| error.to_string())?;
        office::write_paper(&paper)
    }
}

fn main() {
    #[cfg(not(target_arch = "wasm32"))]
    println!("This is a part of the page: `cargo xtask build` compiles it.");
}
