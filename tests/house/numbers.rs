//! Numbers as programs and people write them.
//!
//! Each form is the bytes that the program named writes for the matrix or vector of this test, kept here
//! because the programs are not where tests run.

use lazy_limits::linalg::Symmetric;
use lazy_limits::numbers::{NumbersError, Rows, Shape, Understood};
use nalgebra::DMatrix;
use proptest::prelude::*;

fn file(bytes: impl AsRef<[u8]>) -> Result<Understood, NumbersError> {
    Rows::from_file(bytes.as_ref())?.symmetric(false)
}

fn value(text: &str) -> Result<Understood, NumbersError> {
    Rows::from_text(text)?.symmetric(false)
}

/// The matrix of the fixtures.
fn matrix() -> DMatrix<f64> {
    DMatrix::from_row_slice(3, 3, &[2.0, 1.0, 0.5, 1.0, 3.0, -0.25, 0.5, -0.25, 4.0])
}

#[test]
fn rows_are_what_the_rule_says() {
    for (text, shape) in [
        ("5", "1 number"),
        ("1,2,3", "3 numbers"),
        ("1 2 3", "3 numbers"),
        ("1;2;3", "3 numbers"),
        ("1\t2\t3\n", "3 numbers"),
        (" 1, 2,\t3 ", "3 numbers"),
        ("1,2,3,", "3 numbers"),
        ("1\n2\n3", "3 numbers"),
        ("1\r\n2\r\n3\r\n", "3 numbers"),
        ("1\r2\r3\r", "3 numbers"),
        ("1,\n2,\n3", "3 numbers"),
        ("2 1\n1 3", "a 2×2 matrix"),
        ("2 1\n\n1 3\n\n", "a 2×2 matrix"),
        ("2,1\n1,3", "a 2×2 matrix"),
        ("2\n1 3\n0.5 -0.25 4", "a lower triangle, 3×3"),
        ("2,,\n1,3,\n0.5,-0.25,4", "a lower triangle, 3×3"),
        ("2 1 0.5\n3 -0.25\n4", "an upper triangle, 3×3"),
        ("2,1,0.5\n,3,-0.25\n,,4", "an upper triangle, 3×3"),
        ("2\t1\t0.5\n\t3\t-0.25\n\t\t4", "an upper triangle, 3×3"),
        ("2\n1 3", "a lower triangle, 2×2"),
        ("1 2\n3", "an upper triangle, 2×2"),
        ("1 2 3\n4 5 6", "6 numbers, wrapped into 2 lines of 3"),
        ("1, 2\n3, 4\n5, 6", "6 numbers, wrapped into 3 lines of 2"),
        ("[1, 2, 3]", "3 numbers"),
        ("[1,2,\n3]", "3 numbers"),
        ("[1 2 3]", "3 numbers"),
        ("[[2,1],[1,3]]", "a 2×2 matrix"),
        ("[[2, 1],\n [1, 3]]", "a 2×2 matrix"),
        ("[[2. 1.]\n [1. 3.]]", "a 2×2 matrix"),
        (
            "[\n  [\n    2,\n    1\n  ],\n  [\n    1,\n    3\n  ]\n]\n",
            "a 2×2 matrix",
        ),
        ("[2 1; 1 3]", "a 2×2 matrix"),
        ("[2 1\n 1 3];", "a 2×2 matrix"),
        ("[2, 1]\n[1, 3]\n", "a 2×2 matrix"),
        ("[[2], [1, 3]]", "a lower triangle, 2×2"),
        ("[[1], [2], [3]]", "3 numbers"),
        ("['1', \"2\"]", "2 numbers"),
        ("1.0D+00 -2.5d-1 .5", "3 numbers"),
    ] {
        for understood in [value(text), file(text)] {
            let understood = understood.unwrap_or_else(|error| panic!("{text:?}: {error}"));
            assert_eq!(understood.shape.to_string(), shape, "{text:?}");
            assert_eq!(understood.notes, [], "{text:?}");
        }
    }
    let triangles = [
        "2\n1 3\n0.5 -0.25 4",
        "2 1 0.5\n3 -0.25\n4",
        "2,1,0.5\n,3,-0.25\n,,4",
    ];
    for text in triangles {
        assert_eq!(value(text).unwrap().matrix.to_matrix(), matrix());
    }
    let vector = Symmetric::diagonal([1.0, -0.25, 0.5]);
    assert_eq!(value("1.0D+00 -2.5d-1 .5").unwrap().matrix, vector);
}

#[test]
fn what_is_none_of_these_names_the_first_line_that_differs() {
    for (text, part) in [
        ("", "no numbers"),
        (" \n\t\n", "no numbers"),
        ("[]", "no numbers"),
        (
            "1 2 3\n4 5 6\n7 8",
            "line 3 has 2 numbers where 3 would fit",
        ),
        (
            "1 2 3 4\n5 6 7 8\n9",
            "line 3 has 1 number where 4 would fit",
        ),
        (
            "1 2 3\n4 5\n6 7 8",
            "line 2 has 2 numbers where 3 would fit",
        ),
        ("\n1\n1 2\n1 2\n", "line 4 has 2 numbers where 3 would fit"),
        (
            "1 2 3 4\n1 2 3\n1 2\n1 2",
            "line 4 has 2 numbers where 1 would fit",
        ),
        ("1 2 3 4\n1 2 3", "line 2 has 3 numbers where 4 would fit"),
        (
            "[[1,2],[3],[4,5,6]]",
            "row 2 has 1 number where 2 would fit",
        ),
        ("[[1,2,3],[4,5,6]]", "a 2×3 matrix is neither"),
        ("[1 2 3\n 4 5 6]", "a 2×3 matrix is neither"),
        ("0,5\t0,25\t0,125", "line 1 has “0,5”, with a comma inside"),
        ("0,5 0,25", "line 1 has “0,5”, with a comma inside"),
        ("0,5;0,25", "line 1 has “0,5”, with a comma inside"),
        ("0,5, 0,25", "with a comma inside"),
        ("2\n1,5 3\n", "line 2 has “1,5”, with a comma inside"),
        ("1 2\n0,5 3\n", "line 2 has “0,5”, with a comma inside"),
        ("2 1\n1,3", "line 2 has “1,3”, with a comma inside"),
        ("[0,5 0,25]", "with a comma inside"),
        ("0,5\n0,25\n0,125", "line 1 has “0,5”, with a comma inside"),
        ("1,,2", "line 1 has nothing between two separators"),
        (",", "line 1 has nothing"),
        ("[1,,2]", "line 1 has nothing"),
        ("2 1; 1 3", "“2 1”, several numbers between semicolons"),
        ("1\nNaN", "line 2 has “NaN”"),
        ("NaN\n1", "line 1 has “NaN”"),
        ("inf", "“inf”"),
        ("1e999", "“1e999”"),
        ("1 2 x", "line 1 has “x”"),
        ("1 2\n3 x", "line 2 has “x”"),
        ("1,NA,2", "line 1 has “NA”"),
        ("50%", "“50%”"),
        ("[1, 2", "brackets do not fit"),
        ("[1, 2] 3", "line 1 has “3” where brackets"),
        ("[1, [2]]", "brackets do not fit"),
        ("[[[1]]]", "brackets do not fit"),
        ("[1 2 ... 9]", "“...”"),
        (
            "1 2\n3 4",
            "entries (2, 1) and (1, 2) differ by 1, with a largest entry of 4",
        ),
    ] {
        for understood in [value(text), file(text)] {
            let error = understood.expect_err(text).to_string();
            assert!(error.contains(part), "{text:?}: {error}");
            assert!(!error.contains('\n'), "{text:?}: {error}");
        }
    }
}

/// What programs write for [`matrix`].
#[test]
#[expect(clippy::too_many_lines, reason = "it is a list of files")]
fn files_of_programs_are_read() {
    for (program, text, notes) in [
        (
            "numpy.savetxt, with a header",
            "# covariance of three\n2.000000000000000000e+00 1.000000000000000000e+00 5.000000000000000000e-01\n1.000000000000000000e+00 3.000000000000000000e+00 -2.500000000000000000e-01\n5.000000000000000000e-01 -2.500000000000000000e-01 4.000000000000000000e+00\n",
            0,
        ),
        (
            "numpy.savetxt(delimiter=',')",
            "2.0e+00,1.0e+00,5.0e-01\n1.0e+00,3.0e+00,-2.5e-01\n5.0e-01,-2.5e-01,4.0e+00\n",
            0,
        ),
        (
            "print of NumPy",
            "[[ 2.    1.    0.5 ]\n [ 1.    3.   -0.25]\n [ 0.5  -0.25  4.  ]]\n",
            0,
        ),
        (
            "DataFrame.to_csv",
            ",0,1,2\n0,2.0,1.0,0.5\n1,1.0,3.0,-0.25\n2,0.5,-0.25,4.0\n",
            2,
        ),
        (
            "DataFrame.to_csv(sep='\\t')",
            "\t0\t1\t2\n0\t2.0\t1.0\t0.5\n1\t1.0\t3.0\t-0.25\n2\t0.5\t-0.25\t4.0\n",
            2,
        ),
        (
            "DataFrame.to_csv(index=False)",
            "0,1,2\n2.0,1.0,0.5\n1.0,3.0,-0.25\n0.5,-0.25,4.0\n",
            1,
        ),
        (
            "DataFrame.to_csv(header=False)",
            "0,2.0,1.0,0.5\n1,1.0,3.0,-0.25\n2,0.5,-0.25,4.0\n",
            1,
        ),
        (
            "DataFrame.to_csv(index_label='id')",
            "id,0,1,2\n0,2.0,1.0,0.5\n1,1.0,3.0,-0.25\n2,0.5,-0.25,4.0\n",
            2,
        ),
        (
            "DataFrame.to_csv, named",
            ",AAPL,BRK B,MSFT\nAAPL,2.0,1.0,0.5\nBRK B,1.0,3.0,-0.25\nMSFT,0.5,-0.25,4.0\n",
            2,
        ),
        (
            "DataFrame.to_csv, named by years",
            ",2019,2020,2021\n2019,2.0,1.0,0.5\n2020,1.0,3.0,-0.25\n2021,0.5,-0.25,4.0\n",
            2,
        ),
        (
            "DataFrame.to_csv(quoting=QUOTE_ALL)",
            "\"\",\"0\",\"1\",\"2\"\n\"0\",\"2.0\",\"1.0\",\"0.5\"\n\"1\",\"1.0\",\"3.0\",\"-0.25\"\n\"2\",\"0.5\",\"-0.25\",\"4.0\"\n",
            2,
        ),
        (
            "write.table",
            "\"V1\" \"V2\" \"V3\"\n\"1\" 2 1 0.5\n\"2\" 1 3 -0.25\n\"3\" 0.5 -0.25 4\n",
            2,
        ),
        (
            "write.table(quote = FALSE)",
            "V1 V2 V3\n1 2 1 0.5\n2 1 3 -0.25\n3 0.5 -0.25 4\n",
            2,
        ),
        (
            "write.table(row.names = FALSE)",
            "\"a\" \"b\" \"c\"\n2 1 0.5\n1 3 -0.25\n0.5 -0.25 4\n",
            1,
        ),
        (
            "write.table(col.names = FALSE)",
            "\"a\" 2 1 0.5\n\"b\" 1 3 -0.25\n\"c\" 0.5 -0.25 4\n",
            1,
        ),
        (
            "write.csv",
            "\"\",\"a b\",\"b\",\"c\"\n\"a b\",2,1,0.5\n\"b\",1,3,-0.25\n\"c\",0.5,-0.25,4\n",
            2,
        ),
        ("writematrix", "2,1,0.5\r\n1,3,-0.25\r\n0.5,-0.25,4\r\n", 0),
        (
            "dlmwrite with tabs",
            "2\t1\t0.5\n1\t3\t-0.25\n0.5\t-0.25\t4\n",
            0,
        ),
        (
            "save -ascii of MATLAB",
            "   2.0000000e+00   1.0000000e+00   5.0000000e-01\n   1.0000000e+00   3.0000000e+00  -2.5000000e-01\n   5.0000000e-01  -2.5000000e-01   4.0000000e+00\n",
            0,
        ),
        (
            "a MATLAB listing",
            "% B\n2 1 0.5\n1 3 -0.25\n0.5 -0.25 4\n",
            0,
        ),
        ("mat2str", "[2 1 0.5;1 3 -0.25;0.5 -0.25 4]", 0),
        (
            "save -text of Octave",
            "# Created by Octave 8.4.0, Wed Nov 25 10:00:00 2026 UTC <me@here>\n# name: B\n# type: matrix\n# rows: 3\n# columns: 3\n 2 1 0.5\n 1 3 -0.25\n 0.5 -0.25 4\n\n\n",
            0,
        ),
        (
            "write (*,*) of Fortran",
            "   2.0000000000000000        1.0000000000000000       0.50000000000000000     \n   1.0000000000000000        3.0000000000000000      -0.25000000000000000     \n  0.50000000000000000      -0.25000000000000000        4.0000000000000000     \n",
            0,
        ),
        (
            "D format of Fortran",
            "  0.20D+01  0.10D+01  0.50D+00\n  0.10D+01  0.30D+01 -0.25D+00\n  0.50D+00 -0.25D+00  0.40D+01\n",
            0,
        ),
        (
            "a spreadsheet in a land of decimal points",
            "\u{feff}2;1;0.5\r\n1;3;-0.25\r\n0.5;-0.25;4\r\n",
            0,
        ),
        ("JSON", "[[2, 1, 0.5], [1, 3, -0.25], [0.5, -0.25, 4]]\n", 0),
        (
            "JSON below a comment",
            "# of us\n\n[[2, 1, 0.5], [1, 3, -0.25], [0.5, -0.25, 4]]\n",
            0,
        ),
        (
            "comments at ends",
            "2 1 0.5 # first\n1 3 -0.25\n0.5 -0.25 4\n",
            0,
        ),
    ] {
        let understood = file(text).unwrap_or_else(|error| panic!("{program}: {error}"));
        let shape = Shape::Matrix {
            rows: 3,
            columns: 3,
        };
        assert_eq!(understood.shape, shape, "{program}");
        assert_eq!(understood.matrix.to_matrix(), matrix(), "{program}");
        assert_eq!(
            understood.notes.len(),
            notes,
            "{program}: {:?}",
            understood.notes
        );
    }
}

#[test]
fn vectors_of_programs_are_read() {
    let vector = Symmetric::diagonal([4.0, 2.5, -1.0]);
    for (program, text) in [
        ("numpy.savetxt", "4.0e+00\n2.5e+00\n-1.0e+00\n"),
        ("Series.to_csv", ",0\n0,4.0\n1,2.5\n2,-1.0\n"),
        (
            "Series.to_csv, named",
            "index,values\n0,4.0\n1,2.5\n2,-1.0\n",
        ),
        (
            "Series.to_csv(index=False)",
            "eigenvalues\n4.0\n2.5\n-1.0\n",
        ),
        ("write.table", "\"x\"\n\"1\" 4\n\"2\" 2.5\n\"3\" -1\n"),
        ("names and values", "a 4\nb 2.5\nc -1\n"),
        ("quotes throughout", "\"4\" \"2.5\" \"-1\"\n"),
        ("apostrophes", "'4', '2.5', '-1'\n"),
        ("one row with a name", "eigenvalues,4,2.5,-1\n"),
        (
            "a diagonal matrix of Octave",
            "# Created by Octave 8.4.0, Wed Nov 25 10:00:00 2026 UTC <me@here>\n# name: D\n# type: diagonal matrix\n# rows: 3\n# columns: 3\n4\n2.5\n-1\n\n",
        ),
    ] {
        let understood = file(text).unwrap_or_else(|error| panic!("{program}: {error}"));
        assert_eq!(understood.matrix, vector, "{program}");
        assert_eq!(understood.shape.to_string(), "3 numbers", "{program}");
    }
}

/// Slips that must not pass as headings or names.
#[test]
fn a_slip_is_no_label() {
    for (text, part) in [
        (
            "l 2 3\n2 4 5\n3 5 6\n",
            "neither a row of numbers nor headings",
        ),
        (
            "l.5 2 3\n2 4 5\n3 5 6\n",
            "neither a row of numbers nor headings",
        ),
        (
            ",2.5,3\n2.5,4,5\n3,5,6\n",
            "neither a row of numbers nor headings",
        ),
        ("2 x 3\nx 4 5\n3 5 6\n", "line 1 has “x”"),
        ("2 1\nx 3\n", "line 2 has “x”"),
        ("a b\nc d\n1 2\n", "line 2 has “d”"),
        ("\"0,5\",\"0,25\"", "line 1 has “0,5”, with a comma inside"),
        ("\u{a0}1\u{3000}x", "“x”"),
        ("a,1,2\n,2,3\n", "line 2 has nothing"),
        ("alpha 2 1\n1\n", "line 1"),
        ("1.5.2\n1\n", "line 1 has “1.5.2”"),
        ("NA,1\n1,2\n", "line 1 has “NA”"),
        ("x\n", "“x”"),
    ] {
        let error = file(text).expect_err(text).to_string();
        assert!(error.contains(part), "{text:?}: {error}");
    }
    // A value has no labels at all.
    for text in ["a b\n1 2\n", "# 1\n2", "a 1\n"] {
        assert!(value(text).is_err(), "{text:?}");
    }
}

#[test]
fn networks_are_read_with_their_labels() {
    let network = |text: &str| Rows::from_file(text.as_bytes()).and_then(Rows::network);
    for text in [
        "1 2 3\n4 5 6\n",
        ",a,b,c\n0,1,2,3\n1,4,5,6\n",
        "[[1,2,3],[4,5,6]]",
        "\"V1\" \"V2\" \"V3\"\n\"1\" 1 2 3\n\"2\" 4 5 6\n",
    ] {
        let (w, shape, _) = network(text).unwrap();
        assert_eq!(
            w,
            DMatrix::from_row_slice(3, 2, &[1.0, 4.0, 2.0, 5.0, 3.0, 6.0]),
            "{text:?}"
        );
        assert_eq!(shape.to_string(), "a 2×3 matrix");
    }
    // What only looks as if it counted is a neuron.
    assert_eq!(network("0 1\n2 3\n3 5\n").unwrap().0.ncols(), 3);
    assert_eq!(network("1,2\n3,4\n5,6\n").unwrap().0.ncols(), 3);
    let error = network("1 2\n\n3\n").unwrap_err().to_string();
    assert!(
        error.contains("line 3, neuron 2, has 1 number and neuron 1 has 2"),
        "{error}"
    );
}

#[test]
fn asymmetry_is_averaged_said_and_bounded() {
    // 10⁻⁶ of the largest entry is allowed.
    let understood = value("4 1\n1.000003 2").unwrap();
    let note = understood.notes[0].to_string();
    assert!(
        note.contains("by up to 3e-6, with a largest entry of 4"),
        "{note}"
    );
    let off = understood.matrix.to_matrix();
    assert!(
        (off[(0, 1)] - 1.000_001_5).abs() < 1e-15 && off[(0, 1)].total_cmp(&off[(1, 0)]).is_eq()
    );
    let error = value("4 1\n1.000005 2").unwrap_err().to_string();
    assert!(
        error.contains("(2, 1) and (1, 2) differ by 5e-6, with a largest entry of 4"),
        "{error}"
    );
    let all = Rows::from_text("4 1\n3 2")
        .unwrap()
        .symmetric(true)
        .unwrap();
    assert_eq!(
        all.matrix.to_matrix(),
        DMatrix::from_row_slice(2, 2, &[4.0, 2.0, 2.0, 2.0])
    );
    assert!(all.notes[0].to_string().contains("by up to 2,"));
}

#[test]
fn files_of_other_kinds_say_what_they_are() {
    let wide = |order: fn(u16) -> [u8; 2], text: &str| -> Vec<u8> {
        text.encode_utf16().flat_map(order).collect()
    };
    let little = wide(u16::to_le_bytes, "1 2 3\n");
    let big = wide(u16::to_be_bytes, "1 2 3\n");
    let zip = |name: &str| [b"PK\x03\x04", &[0; 26][..], name.as_bytes(), b"\x93NUMPY"].concat();
    let octave = |kind: &str| {
        format!("# Created by Octave 8.4.0\n# name: x\n# type: {kind}\n1 2 3\n").into_bytes()
    };
    let both = [octave("matrix"), octave("matrix")].concat();
    for (bytes, part) in [
        (little.clone(), "UTF-16"),
        ([b"\xff\xfe", &little[..]].concat(), "UTF-16"),
        ([b"\xfe\xff", &big[..]].concat(), "UTF-16"),
        (big, "UTF-16"),
        (zip("B.npy"), ".npz"),
        (zip("[Content_Types].xml"), "office document"),
        (zip("B.csv"), "ZIP"),
        (b"\x1f\x8b\x08\0\0\0\0\0".to_vec(), "gzip"),
        (
            b"MATLAB 5.0 MAT-file, Platform: GLNXA64\0".to_vec(),
            "MATLAB",
        ),
        (b"\x89HDF\r\n\x1a\n\0".to_vec(), "HDF5"),
        (b"\x80\x04\x95\0".to_vec(), "pickle"),
        (b"%PDF-1.7\n1 2 3\n".to_vec(), "PDF"),
        (b"1 \0 2".to_vec(), "binary"),
        (b"\0".to_vec(), "binary"),
        (b"1 \xe9 2".to_vec(), "UTF-8"),
        (octave("range"), "“range” of Octave"),
        (both, "several variables"),
    ] {
        let error = file(&bytes).expect_err(part).to_string();
        assert!(error.contains(part), "{part}: {error}");
        assert!(!error.contains('\n'));
    }
}

/// An array as NumPy writes it (format 1.0: a header padded to 64 bytes, then the entries).
fn npy(descr: &str, order: &str, shape: &str, data: &[u8]) -> Vec<u8> {
    let mut header =
        format!("{{'descr': '{descr}', 'fortran_order': {order}, 'shape': {shape}, }}");
    while (10 + header.len() + 1) % 64 != 0 {
        header.push(' ');
    }
    header.push('\n');
    let length = u16::try_from(header.len()).unwrap().to_le_bytes();
    [b"\x93NUMPY\x01\x00", &length[..], header.as_bytes(), data].concat()
}

#[test]
fn arrays_of_numpy_are_read() {
    let entries = [2.0, 1.0, 0.5, 1.0, 3.0, -0.25, 0.5, -0.25, 4.0_f64];
    let bytes =
        |f: &dyn Fn(f64) -> Vec<u8>| -> Vec<u8> { entries.iter().flat_map(|&x| f(x)).collect() };
    let le8 = bytes(&|x| x.to_le_bytes().to_vec());
    let be8 = bytes(&|x| x.to_be_bytes().to_vec());
    let le4 = bytes(&|x| (x as f32).to_le_bytes().to_vec());
    let be4 = bytes(&|x| (x as f32).to_be_bytes().to_vec());
    for (descr, data) in [("<f8", &le8), (">f8", &be8), ("<f4", &le4), (">f4", &be4)] {
        for order in ["False", "True"] {
            let understood = file(npy(descr, order, "(3, 3)", data)).unwrap();
            assert_eq!(understood.matrix.to_matrix(), matrix(), "{descr} {order}");
        }
        for shape in ["(9,)", "(1, 9)", "(9, 1)"] {
            let understood = file(npy(descr, "False", shape, data)).unwrap();
            assert_eq!(
                understood.matrix,
                Symmetric::diagonal(entries),
                "{descr} {shape}"
            );
        }
    }
    // The two orders differ where the matrix is not symmetric: a network of 2 neurons in 3 dimensions.
    let six: Vec<u8> = (1..7).flat_map(|x| f64::from(x).to_le_bytes()).collect();
    for (order, expected) in [
        (
            "False",
            DMatrix::from_row_slice(3, 2, &[1.0, 4.0, 2.0, 5.0, 3.0, 6.0]),
        ),
        (
            "True",
            DMatrix::from_row_slice(3, 2, &[1.0, 2.0, 3.0, 4.0, 5.0, 6.0]),
        ),
    ] {
        let rows = Rows::from_file(&npy("<f8", order, "(2, 3)", &six)).unwrap();
        assert_eq!(rows.network().unwrap().0, expected);
    }
    let scalar = file(npy("<f8", "False", "()", &2.0_f64.to_le_bytes())).unwrap();
    assert_eq!(scalar.matrix, Symmetric::diagonal([2.0]));
    let nan = f64::NAN.to_le_bytes();
    for (bytes, part) in [
        (
            npy("<i8", "False", "(9,)", &le8),
            "of type <i8; save float64",
        ),
        (npy("<f2", "False", "(9,)", &le8[..18]), "of type <f2"),
        (npy("<c16", "False", "(4,)", &le8[..64]), "of type <c16"),
        (npy("|O", "False", "(4,)", b"\x80\x04"), "of type |O"),
        (npy("<f8", "False", "(3, 3, 1)", &le8), "3 dimensions"),
        (
            npy("<f8", "False", "(2, 3)", &six),
            "a 2×3 matrix is neither",
        ),
        (npy("<f8", "False", "(3, 3)", &le8[..71]), "71 bytes"),
        (npy("<f8", "False", "(0,)", b""), "no numbers"),
        (npy("<f8", "False", "(1,)", &nan), "entry (1, 1) is NaN"),
        (
            npy("<f8", "False", "(99999, 99999)", &le8),
            "more than 16777216",
        ),
        (
            npy("<f8", "False", "(9999999999, 9999999999)", &le8),
            "damaged",
        ),
        (npy("<f8", "False", &"(".repeat(5000), &le8), "damaged"),
        (npy("<f8", "Maybe", "(9,)", &le8), "damaged"),
        (b"\x93NUMPY\x01\x00\xff\xff{".to_vec(), "damaged"),
        (b"\x93NUMPY\x09\x00\x02\x00{}".to_vec(), "damaged"),
        (b"\x93NUMPY".to_vec(), "damaged"),
    ] {
        let error = file(&bytes).expect_err(part).to_string();
        assert!(error.contains(part), "{part}: {error}");
    }
}

proptest! {
    #[test]
    fn any_bytes_are_numbers_or_one_sentence(
        bytes in prop_oneof![
            prop::collection::vec(any::<u8>(), 0..80),
            "\\PC*|[-0-9eED.,;\"' \t\r\n#%a\\[\\]]{0,60}".prop_map(String::into_bytes),
            "\\PC{0,60}".prop_map(|header| {
                let length = u16::try_from(header.len()).unwrap().to_le_bytes();
                [b"\x93NUMPY\x01\x00", &length[..], header.as_bytes()].concat()
            }),
        ],
    ) {
        let text = String::from_utf8_lossy(&bytes);
        for rows in [Rows::from_file(&bytes), Rows::from_text(&text)].into_iter().flatten() {
            prop_assert!(!rows.is_empty());
            if let Ok(understood) = rows.clone().symmetric(false) {
                let full = understood.matrix.to_matrix();
                prop_assert!(full.iter().all(|x| x.is_finite()));
                prop_assert_eq!(&full.transpose(), &full);
            }
            if let Ok((w, ..)) = rows.network() {
                prop_assert!(w.iter().all(|x| x.is_finite()));
            }
        }
    }

    /// Whatever way symmetric numbers are written, they are read back to the last digit.
    #[test]
    fn what_is_written_is_read(
        dim in 1..6_usize,
        seed in prop::collection::vec(-1e6..1e6_f64, 36),
        separator in prop::sample::select(vec![",", ", ", " ", "\t", ";", "; ", "   "]),
        end in prop::sample::select(vec!["\n", "\r\n", "\r", "\n\n"]),
        form in prop::sample::select(vec!["full", "lower", "upper", "brackets"]),
        labels in prop::sample::select(vec!["", "# c", "headings", "names", "corner"]),
    ) {
        let entry = |i: usize, j: usize| seed[i.min(j) * 6 + i.max(j)];
        let row = |columns: std::ops::Range<usize>, i: usize| -> Vec<String> {
            columns.map(|j| format!("{:?}", entry(i, j))).collect()
        };
        let expected = DMatrix::from_fn(dim, dim, entry);
        let rows: Vec<Vec<String>> = (0..dim).map(|i| match form {
            "lower" => row(0..i + 1, i),
            "upper" => row(i..dim, i),
            _ => row(0..dim, i),
        }).collect();
        let text = if form == "brackets" {
            let rows: Vec<String> = rows.iter().map(|row| format!("[{}]", row.join(", "))).collect();
            format!("[{}]", rows.join(&format!(",{end}")))
        } else {
            let mut lines: Vec<String> = rows.iter().enumerate().map(|(i, row)| {
                let name = ["names", "corner"].contains(&labels).then(|| format!("n{i}"));
                name.iter().chain(row).cloned().collect::<Vec<_>>().join(separator)
            }).collect();
            let names: Vec<String> = (0..dim).map(|j| format!("v{j}")).collect();
            match labels {
                "# c" => lines.insert(0, "# c 1 2".to_owned()),
                "headings" | "corner" => lines.insert(0, names.join(separator)),
                _ => {}
            }
            lines.join(end)
        };
        let read = file(&text).map_err(|error| TestCaseError::fail(format!("{text:?}: {error}")))?;
        prop_assert_eq!(read.matrix.to_matrix(), expected, "{:?}", text);
    }
}
