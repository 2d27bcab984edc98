//! G.711 (ITU-T): eight bits a sample, two laws.

/// Samples a second of G.711.
pub const RATE: u32 = 8_000;

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Law {
    A,
    Mu,
}

/// The samples of these bytes.
pub fn decode(law: Law, bytes: &[u8]) -> Vec<i16> {
    const A: [i16; 256] = table(Law::A);
    const MU: [i16; 256] = table(Law::Mu);
    let table = match law {
        Law::A => &A,
        Law::Mu => &MU,
    };
    bytes.iter().map(|byte| table[usize::from(*byte)]).collect()
}

const fn table(law: Law) -> [i16; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match law {
            Law::A => a(byte as u8),
            Law::Mu => mu(byte as u8),
        };
        byte += 1;
    }
    table
}

/// Table 1a: every other bit is inverted; the sign bit is set for positive values.
const fn a(byte: u8) -> i16 {
    let byte = byte ^ 0x55;
    let (segment, step) = (byte >> 4 & 7, (byte & 15) as i16);
    let size = match segment {
        0 => step * 16 + 8,
        _ => (step * 16 + 0x108) << (segment - 1),
    };
    if byte & 0x80 != 0 { size } else { -size }
}

/// Table 2a: all bits are inverted; the sign bit is set for negative values.
const fn mu(byte: u8) -> i16 {
    let byte = !byte;
    let (segment, step) = (byte >> 4 & 7, (byte & 15) as i16);
    let size = ((step * 8 + 0x84) << segment) - 0x84;
    if byte & 0x80 != 0 { -size } else { size }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Values of the tables in the recommendation, at 16 bits.
    #[test]
    fn both_laws_are_those_of_the_tables() {
        assert_eq!(decode(Law::A, &[0xd5, 0x55, 0xaa, 0x2a, 0x80]), [8, -8, 32_256, -32_256, 5_504]);
        assert_eq!(decode(Law::Mu, &[0xff, 0x7f, 0x80, 0x00, 0xf0]), [0, 0, 32_124, -32_124, 120]);
        for law in [Law::A, Law::Mu] {
            let all = decode(law, &(0..=255).collect::<Vec<u8>>());
            for at in 0..128 {
                assert_eq!(all[at], -all[at + 128], "{law:?} {at}");
            }
        }
    }
}
