//! The archive as old programs read it: sizes stand before each part, not behind it.
//!
//! The writer of workbooks streams, and puts a data descriptor behind every part. Some versions of WPS and of programs
//! that read uploads do not know them.

/// Sizes of the records of an archive without what varies.
const LOCAL: usize = 30;
const CENTRAL: usize = 46;
const END: usize = 22;

/// The same parts with their sizes in front, nothing extra and nothing that needs a version above 2.0. None if the bytes
/// are no archive of this kind.
pub fn plain(bytes: &[u8]) -> Option<Vec<u8>> {
    let end = bytes.len().checked_sub(END)?;
    let count = u16_at(bytes, end + 10)?;
    let mut at = u32_at(bytes, end + 16)? as usize;
    let mut out = Vec::with_capacity(bytes.len());
    let mut directory = Vec::new();
    for _ in 0..count {
        let entry = bytes.get(at..at + CENTRAL)?;
        if !entry.starts_with(b"PK\x01\x02") {
            return None;
        }
        let [name, extra, comment] = [28, 30, 32].map(|of| u16_at(entry, of).map_or(0, usize::from));
        let name = bytes.get(at + CENTRAL..at + CENTRAL + name)?;
        let local = u32_at(entry, 42)? as usize;
        let skipped = usize::from(u16_at(bytes, local + 26)?) + usize::from(u16_at(bytes, local + 28)?);
        let start = local + LOCAL + skipped;
        let data = bytes.get(start..start + u32_at(entry, 20)? as usize)?;
        let offset = u32::try_from(out.len()).ok()?;
        // Method, time, day, checksum and both sizes stand in the directory as in front of the part.
        let flags = u16_at(entry, 8)? & !8;
        let common = entry.get(10..28)?;
        out.extend_from_slice(b"PK\x03\x04\x14\0");
        out.extend_from_slice(&flags.to_le_bytes());
        out.extend_from_slice(common);
        out.extend_from_slice(&(name.len() as u16).to_le_bytes());
        out.extend_from_slice(&[0; 2]);
        out.extend_from_slice(name);
        out.extend_from_slice(data);
        directory.extend_from_slice(b"PK\x01\x02\x14\0\x14\0");
        directory.extend_from_slice(&flags.to_le_bytes());
        directory.extend_from_slice(common);
        directory.extend_from_slice(&(name.len() as u16).to_le_bytes());
        directory.extend_from_slice(&[0; 12]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name);
        at += CENTRAL + name.len() + extra + comment;
    }
    finish(&mut out, &directory, count)?;
    Some(out)
}

/// Files in one archive as they are: they are packed already. Names are UTF-8, at most 65,535 of them.
pub fn bundle(files: &[(String, Vec<u8>)]) -> Option<Vec<u8>> {
    /// Names are UTF-8.
    const UTF8: u16 = 0x800;
    let mut out = Vec::with_capacity(
        files
            .iter()
            .map(|(name, bytes)| name.len() * 2 + bytes.len() + 100)
            .sum(),
    );
    let mut directory = Vec::new();
    for (name, bytes) in files {
        let offset = u32::try_from(out.len()).ok()?;
        let mut crc = flate2::Crc::new();
        crc.update(bytes);
        let size = u32::try_from(bytes.len()).ok()?;
        // Method and time 0, the first day that there is.
        let mut common = vec![0, 0, 0, 0, 0x21, 0];
        common.extend_from_slice(&crc.sum().to_le_bytes());
        common.extend_from_slice(&size.to_le_bytes());
        common.extend_from_slice(&size.to_le_bytes());
        common.extend_from_slice(&u16::try_from(name.len()).ok()?.to_le_bytes());
        out.extend_from_slice(b"PK\x03\x04\x14\0");
        out.extend_from_slice(&UTF8.to_le_bytes());
        out.extend_from_slice(&common);
        out.extend_from_slice(&[0; 2]);
        out.extend_from_slice(name.as_bytes());
        out.extend_from_slice(bytes);
        directory.extend_from_slice(b"PK\x01\x02\x14\0\x14\0");
        directory.extend_from_slice(&UTF8.to_le_bytes());
        directory.extend_from_slice(&common);
        directory.extend_from_slice(&[0; 12]);
        directory.extend_from_slice(&offset.to_le_bytes());
        directory.extend_from_slice(name.as_bytes());
    }
    let count = u16::try_from(files.len()).ok()?;
    finish(&mut out, &directory, count)?;
    Some(out)
}

/// Puts the directory behind the parts.
fn finish(out: &mut Vec<u8>, directory: &[u8], count: u16) -> Option<()> {
    let (start, size) = (u32::try_from(out.len()).ok()?, u32::try_from(directory.len()).ok()?);
    out.extend_from_slice(directory);
    out.extend_from_slice(b"PK\x05\x06\0\0\0\0");
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&count.to_le_bytes());
    out.extend_from_slice(&size.to_le_bytes());
    out.extend_from_slice(&start.to_le_bytes());
    out.extend_from_slice(&[0; 2]);
    Some(())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..)?.first_chunk().map(|part| u16::from_le_bytes(*part))
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..)?.first_chunk().map(|part| u32::from_le_bytes(*part))
}
