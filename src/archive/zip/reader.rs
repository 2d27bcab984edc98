//! Reading with suspicion: nothing that a header says is believed before it was compared with the
//! file's length and with the other headers. Memory is bounded by [`MAX_ENTRIES`] names.

use std::collections::HashSet;
use std::io::{self, Read, Seek, SeekFrom, Take};

use super::header::{CENTRAL_BYTES, END_BYTES, LOCAL_BYTES, Local};
use super::header::{local_span, parse_central, parse_end, parse_local, parse_name};
use super::{Entry, EntryName, MAX_BYTES, MAX_ENTRIES, ZipFault};

/// Reads the headers of a whole file and holds it to the strict profile. The entries come in the
/// order in which they stand, one right behind the other. Their bytes are not read.
pub fn read<R: Read + Seek>(file: &mut R) -> Result<Vec<Entry>, ZipFault> {
    let length = file.seek(SeekFrom::End(0))?;
    if length > MAX_BYTES {
        return Err(ZipFault::TooLarge { bytes: length });
    }
    let end_offset = length.checked_sub(END_BYTES as u64).ok_or(ZipFault::NoEnd)?;
    let end = parse_end(&bytes_at(file, end_offset)?).map_err(|_| ZipFault::NoEnd)?;
    let directory = u64::from(end.directory_offset);
    if directory + u64::from(end.directory_bytes) != end_offset || usize::from(end.entries) > MAX_ENTRIES {
        return Err(ZipFault::Directory);
    }
    let entries = read_directory(file, directory, end_offset, end.entries.into())?;
    hold_to_local_headers(file, &entries, directory)?;
    hold_names_apart(&entries)?;
    Ok(entries)
}

/// The directory's entries; each claims to begin where the one before ends.
fn read_directory<R: Read + Seek>(
    file: &mut R,
    from: u64,
    to: u64,
    count: usize,
) -> Result<Vec<Entry>, ZipFault> {
    file.seek(SeekFrom::Start(from))?;
    let mut directory = io::BufReader::new(file.take(to - from));
    let mut left = to - from;
    let mut entries = Vec::new();
    let mut place = 0;
    for number in 0..count {
        if left < CENTRAL_BYTES as u64 {
            return Err(ZipFault::Directory);
        }
        let mut header = [0; CENTRAL_BYTES];
        directory.read_exact(&mut header)?;
        let (fields, offset) = parse_central(&header).map_err(|field| ZipFault::Field {
            header: "central",
            entry: number,
            field: field.0,
        })?;
        left -= CENTRAL_BYTES as u64;
        if left < u64::from(fields.name_bytes) {
            return Err(ZipFault::Directory);
        }
        let name = read_name(&mut directory, &fields, number)?;
        left -= u64::from(fields.name_bytes);
        if u64::from(offset) != place {
            return Err(ZipFault::GapOrOverlap { at: place });
        }
        let entry = entry_at(place, name, &fields);
        place = entry.end();
        if place > from {
            return Err(ZipFault::GapOrOverlap { at: entry.header_offset });
        }
        entries.push(entry);
    }
    if left != 0 {
        return Err(ZipFault::Directory);
    }
    if place != from {
        return Err(ZipFault::GapOrOverlap { at: place });
    }
    Ok(entries)
}

fn hold_to_local_headers<R: Read + Seek>(
    file: &mut R,
    entries: &[Entry],
    directory: u64,
) -> Result<(), ZipFault> {
    for (number, entry) in entries.iter().enumerate() {
        match local_entry(file, entry.header_offset, directory, number)? {
            Some(local) if local == *entry => {}
            _ => return Err(ZipFault::HeadersDiffer(entry.name.clone())),
        }
    }
    Ok(())
}

fn hold_names_apart(entries: &[Entry]) -> Result<(), ZipFault> {
    let mut names = HashSet::with_capacity(entries.len());
    for entry in entries {
        if !names.insert(entry.name.as_str()) {
            return Err(ZipFault::Twice(entry.name.clone()));
        }
    }
    let folder_of = |entry: &&Entry| entry.name.folders().any(|folder| names.contains(folder));
    match entries.iter().find(folder_of) {
        Some(entry) => Err(ZipFault::FileAndFolder(entry.name.clone())),
        None => Ok(()),
    }
}

/// The entries that can be told from their local headers alone, from the beginning to the first
/// place where none stands, and that place. What a torn or damaged file still holds.
pub fn walk<R: Read + Seek>(file: &mut R) -> Result<(Vec<Entry>, u64), ZipFault> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut entries: Vec<Entry> = Vec::new();
    let mut place = 0;
    while entries.len() < MAX_ENTRIES {
        match local_entry(file, place, length, entries.len()) {
            Ok(Some(entry)) => {
                place = entry.end();
                entries.push(entry);
            }
            Err(ZipFault::Io(error)) => return Err(error.into()),
            Ok(None) | Err(_) => break,
        }
    }
    Ok((entries, place))
}

/// The entries that can be told from their local headers alone; one whose header is not in the form
/// allowed is passed over, so that those behind it can be judged too. For files that [`read`] refused.
pub fn salvage<R: Read + Seek>(file: &mut R) -> io::Result<Vec<Entry>> {
    let length = file.seek(SeekFrom::End(0))?;
    let mut entries: Vec<Entry> = Vec::new();
    let mut place = 0;
    for number in 0..MAX_ENTRIES {
        if place + LOCAL_BYTES as u64 > length {
            break;
        }
        place = match local_entry(file, place, length, number) {
            Ok(Some(entry)) => {
                let end = entry.end();
                entries.push(entry);
                end
            }
            Err(ZipFault::Io(error)) => return Err(error),
            Ok(None) | Err(_) => match local_span(&bytes_at(file, place)?) {
                Some(span) => place + span,
                None => break,
            },
        };
    }
    Ok(entries)
}

/// The bytes of an entry.
pub fn contents<'a, R: Read + Seek>(file: &'a mut R, entry: &Entry) -> io::Result<Take<&'a mut R>> {
    file.seek(SeekFrom::Start(entry.data_offset))?;
    Ok(file.take(entry.bytes))
}

/// The entry whose local header begins at `place`; none if it would not end before `limit`.
fn local_entry<R: Read + Seek>(
    file: &mut R,
    place: u64,
    limit: u64,
    number: usize,
) -> Result<Option<Entry>, ZipFault> {
    if place + LOCAL_BYTES as u64 > limit {
        return Ok(None);
    }
    let fields = parse_local(&bytes_at(file, place)?).map_err(|field| ZipFault::Field {
        header: "local",
        entry: number,
        field: field.0,
    })?;
    if place + (LOCAL_BYTES as u64) + u64::from(fields.name_bytes) > limit {
        return Ok(None);
    }
    let name = read_name(file, &fields, number)?;
    let entry = entry_at(place, name, &fields);
    Ok((entry.end() <= limit).then_some(entry))
}

fn read_name(from: &mut impl Read, fields: &Local, entry: usize) -> Result<EntryName, ZipFault> {
    let fault = |fault| ZipFault::Name { entry, fault };
    if usize::from(fields.name_bytes) > EntryName::MAX_BYTES {
        return Err(fault(super::BadName::Length));
    }
    let mut name = vec![0; fields.name_bytes.into()];
    from.read_exact(&mut name)?;
    parse_name(&name).map_err(fault)
}

fn entry_at(place: u64, name: EntryName, fields: &Local) -> Entry {
    Entry {
        name,
        crc32: fields.crc32,
        bytes: fields.bytes.into(),
        header_offset: place,
        data_offset: place + LOCAL_BYTES as u64 + u64::from(fields.name_bytes),
    }
}

fn bytes_at<const N: usize, R: Read + Seek>(file: &mut R, at: u64) -> io::Result<[u8; N]> {
    let mut bytes = [0; N];
    file.seek(SeekFrom::Start(at))?;
    file.read_exact(&mut bytes)?;
    Ok(bytes)
}
