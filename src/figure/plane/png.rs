//! A raster as a PNG file (RFC 2083): eight bits, with alpha, one filter-less zlib stream.

use super::raster::Raster;

/// The bytes of the file.
pub fn png(raster: &Raster) -> Vec<u8> {
    let (width, height) = (raster.width as usize, raster.height as usize);
    let mut lines = Vec::with_capacity((4 * width + 1) * height);
    for row in raster.rgba.chunks_exact((4 * width).max(1)).take(height) {
        lines.push(0);
        lines.extend_from_slice(row);
    }
    let mut head = Vec::from(raster.width.to_be_bytes());
    head.extend(raster.height.to_be_bytes());
    head.extend([8, 6, 0, 0, 0]);
    let mut file = Vec::from(*b"\x89PNG\r\n\x1a\n");
    chunk(&mut file, b"IHDR", &head);
    chunk(&mut file, b"IDAT", &miniz_oxide::deflate::compress_to_vec_zlib(&lines, 6));
    chunk(&mut file, b"IEND", &[]);
    file
}

fn chunk(file: &mut Vec<u8>, name: &[u8; 4], content: &[u8]) {
    file.extend((content.len() as u32).to_be_bytes());
    let from = file.len();
    file.extend(name);
    file.extend(content);
    let sum = crc32(&file[from..]);
    file.extend(sum.to_be_bytes());
}

fn crc32(bytes: &[u8]) -> u32 {
    !bytes
        .iter()
        .fold(!0, |sum, &byte| (0..8).fold(sum ^ u32::from(byte), |sum, _| (sum >> 1) ^ (0xedb8_8320 * (sum & 1))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_check_sum_is_that_of_the_standard_example() {
        assert_eq!(crc32(b"123456789"), 0xcbf4_3926);
    }

    #[test]
    fn the_pixels_can_be_read_back() {
        let raster = Raster { width: 2, height: 3, rgba: (0..24).collect() };
        let file = png(&raster);
        assert_eq!(&file[16..24], [0, 0, 0, 2, 0, 0, 0, 3]);
        let length = u32::from_be_bytes([file[33], file[34], file[35], file[36]]) as usize;
        let lines = miniz_oxide::inflate::decompress_to_vec_zlib(&file[41..41 + length]).unwrap();
        let pixels: Vec<u8> = lines.chunks(9).flat_map(|line| line[1..].to_vec()).collect();
        assert_eq!(pixels, raster.rgba);
    }
}
