/**
 * c = p q, or c += p q, of float32 matrices; the one loop that nearly all time is spent in. Works in blocks of four rows by
 * eight columns, whose sixteen-byte sums stay in registers (eight of the sixteen that x86-64 has).
 *
 * The distances between elements of p are free, so that the same loop multiplies by a matrix and by its transpose.
 *
 * @param rows rows of c, a multiple of 4
 * @param columns columns of c, a multiple of 4
 * @param depth columns of p, rows of q: any number
 * @param p first element of p
 * @param pRow bytes from one row of p to the next
 * @param pStep bytes from one column of p to the next
 * @param q first element of q, whose columns lie side by side
 * @param qRow bytes from one row of q to the next
 * @param c first element of c, whose columns lie side by side
 * @param cRow bytes from one row of c to the next
 * @param accumulate add to what c holds
 */
export function multiply(
  rows: i32,
  columns: i32,
  depth: i32,
  p: usize,
  pRow: usize,
  pStep: usize,
  q: usize,
  qRow: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
): void {
  for (let row = 0; row < rows; row += 4) {
    let column = 0;
    for (; column + 8 <= columns; column += 8) {
      multiplyBlock(
        depth,
        p,
        pRow,
        pStep,
        q + ((<usize>column) << 2),
        qRow,
        c + ((<usize>column) << 2),
        cRow,
        accumulate,
      );
    }
    if (column < columns) {
      multiplyHalf(
        depth,
        p,
        pRow,
        pStep,
        q + ((<usize>column) << 2),
        qRow,
        c + ((<usize>column) << 2),
        cRow,
        accumulate,
      );
    }
    p += pRow << 2;
    c += cRow << 2;
  }
}

/** A block of 4 x 8. */
function multiplyBlock(
  depth: i32,
  p: usize,
  pRow: usize,
  pStep: usize,
  q: usize,
  qRow: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
): void {
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s00 = f32x4.splat(0);
  let s01 = s00;
  let s10 = s00;
  let s11 = s00;
  let s20 = s00;
  let s21 = s00;
  let s30 = s00;
  let s31 = s00;
  if (accumulate) {
    s00 = v128.load(c);
    s01 = v128.load(c, 16);
    s10 = v128.load(c1);
    s11 = v128.load(c1, 16);
    s20 = v128.load(c2);
    s21 = v128.load(c2, 16);
    s30 = v128.load(c3);
    s31 = v128.load(c3, 16);
  }
  let p1 = p + pRow;
  let p2 = p1 + pRow;
  let p3 = p2 + pRow;
  for (; depth > 0; depth--) {
    const q0 = v128.load(q);
    const q1 = v128.load(q, 16);
    let a = v128.load32_splat(p);
    s00 = f32x4.add(s00, f32x4.mul(a, q0));
    s01 = f32x4.add(s01, f32x4.mul(a, q1));
    a = v128.load32_splat(p1);
    s10 = f32x4.add(s10, f32x4.mul(a, q0));
    s11 = f32x4.add(s11, f32x4.mul(a, q1));
    a = v128.load32_splat(p2);
    s20 = f32x4.add(s20, f32x4.mul(a, q0));
    s21 = f32x4.add(s21, f32x4.mul(a, q1));
    a = v128.load32_splat(p3);
    s30 = f32x4.add(s30, f32x4.mul(a, q0));
    s31 = f32x4.add(s31, f32x4.mul(a, q1));
    p += pStep;
    p1 += pStep;
    p2 += pStep;
    p3 += pStep;
    q += qRow;
  }
  v128.store(c, s00);
  v128.store(c, s01, 16);
  v128.store(c1, s10);
  v128.store(c1, s11, 16);
  v128.store(c2, s20);
  v128.store(c2, s21, 16);
  v128.store(c3, s30);
  v128.store(c3, s31, 16);
}

/** A block of 4 x 4, for the columns that are left. */
function multiplyHalf(
  depth: i32,
  p: usize,
  pRow: usize,
  pStep: usize,
  q: usize,
  qRow: usize,
  c: usize,
  cRow: usize,
  accumulate: bool,
): void {
  const c1 = c + cRow;
  const c2 = c1 + cRow;
  const c3 = c2 + cRow;
  let s0 = f32x4.splat(0);
  let s1 = s0;
  let s2 = s0;
  let s3 = s0;
  if (accumulate) {
    s0 = v128.load(c);
    s1 = v128.load(c1);
    s2 = v128.load(c2);
    s3 = v128.load(c3);
  }
  let p1 = p + pRow;
  let p2 = p1 + pRow;
  let p3 = p2 + pRow;
  for (; depth > 0; depth--) {
    const b = v128.load(q);
    s0 = f32x4.add(s0, f32x4.mul(v128.load32_splat(p), b));
    s1 = f32x4.add(s1, f32x4.mul(v128.load32_splat(p1), b));
    s2 = f32x4.add(s2, f32x4.mul(v128.load32_splat(p2), b));
    s3 = f32x4.add(s3, f32x4.mul(v128.load32_splat(p3), b));
    p += pStep;
    p1 += pStep;
    p2 += pStep;
    p3 += pStep;
    q += qRow;
  }
  v128.store(c, s0);
  v128.store(c1, s1);
  v128.store(c2, s2);
  v128.store(c3, s3);
}
