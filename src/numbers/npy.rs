//! Arrays as NumPy keeps them.

use npyz::{DType, NpyFile, Order, TypeChar};

use super::{MOST_NUMBERS, NumbersError, Rows};

/// How such a file begins.
pub(super) const MAGIC: &[u8] = b"\x93NUMPY";

/// Longest header read, NumPy's own limit.
const LONGEST_HEADER: usize = 10_000;

/// The rows of an array of float32 or float64 with up to two dimensions, in either order of bytes and of
/// entries; one of one dimension is one row.
pub(super) fn read(bytes: &[u8]) -> Result<Rows, NumbersError> {
    check_header(bytes)?;
    let unread = |reason: String| NumbersError::Unread(format!("it is a .npy file, but {reason}"));
    let file = NpyFile::new(bytes).map_err(|_| damaged())?;
    let DType::Plain(kind) = file.dtype() else {
        return Err(unread("of records; save an array of float64".to_owned()));
    };
    let is_real = kind.type_char() == TypeChar::Float && matches!(kind.size_field(), 4 | 8);
    if !is_real {
        return Err(unread(format!(
            "of type {kind}; save float64 or float32, as in numpy.save(\"B.npy\", B.astype(float))"
        )));
    }
    let shape = match *file.shape() {
        [] => [1, 1],
        [count] => [1, count],
        [rows, columns] => [rows, columns],
        ref many => {
            let count = many.len();
            return Err(unread(format!(
                "with {count} dimensions; save a vector or a matrix"
            )));
        }
    };
    let [rows, columns] = shape.map(|count| usize::try_from(count).unwrap_or(usize::MAX));
    let count = rows.saturating_mul(columns);
    if count > MOST_NUMBERS {
        return Err(NumbersError::TooLarge);
    }
    if count == 0 {
        return Err(NumbersError::Empty);
    }
    let is_by_columns = file.order() == Order::Fortran;
    let is_double = kind.size_field() == 8;
    let (header, data) = (file.header().clone(), file.into_inner());
    if data.len() != count * kind.size_field() as usize {
        return Err(unread(format!(
            "its {} bytes of data are not those of a {rows}×{columns} array",
            data.len()
        )));
    }
    let file = NpyFile::with_header(header, data);
    let stored: Vec<f64> = if is_double {
        file.into_vec().map_err(|_| damaged())?
    } else {
        let stored: Vec<f32> = file.into_vec().map_err(|_| damaged())?;
        stored.into_iter().map(f64::from).collect()
    };
    let mut out = Rows::new();
    for row in 0..rows {
        for column in 0..columns {
            let at = if is_by_columns {
                column * rows + row
            } else {
                row * columns + column
            };
            if !stored[at].is_finite() {
                return Err(unread(format!(
                    "its entry ({}, {}) is {}, which is not a finite number",
                    row + 1,
                    column + 1,
                    stored[at]
                )));
            }
            out.values.push(stored[at]);
        }
        out.end()?;
    }
    Ok(out)
}

fn damaged() -> NumbersError {
    NumbersError::Unread("it is a .npy file with a damaged header".to_owned())
}

/// Refuses headers that no array of numbers has, before they are parsed: longer than NumPy's, nested
/// deeper than a stack, or with more digits than a product of 64 bits.
fn check_header(bytes: &[u8]) -> Result<(), NumbersError> {
    let at = |index: usize| bytes.get(index).copied().map(usize::from);
    let size = match (at(6), at(8), at(9), at(10), at(11)) {
        (Some(1), Some(low), Some(high), ..) => 10 + low + 256 * high,
        (Some(2 | 3), Some(a), Some(b), Some(c), Some(d)) => {
            12 + a + (b << 8) + (c << 16) + (d << 24)
        }
        _ => return Err(damaged()),
    };
    let text = bytes.get(..size).filter(|_| size <= LONGEST_HEADER);
    let text = &text.ok_or_else(damaged)?[8..];
    let count = |of: &dyn Fn(&u8) -> bool| text.iter().filter(|&byte| of(byte)).count();
    let is_open = |byte: &u8| b"([{".contains(byte);
    if count(&is_open) > 64 || count(&u8::is_ascii_digit) > 19 {
        return Err(damaged());
    }
    Ok(())
}
