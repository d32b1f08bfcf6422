// Two texts line by line, beside each other: equal lines meet, the others are marked.

const MOST = 2000; // lines together; longer texts are compared place by place

/** Rows of `{left, right, isSame}`; null where a side has no such line. */
export function linePairs(left, right) {
  const [one, other] = [left.split("\n"), right.split("\n")];
  if (one.length + other.length > MOST) return byPlace(one, other);
  const lengths = common(one, other);
  const rows = [];
  let gap = [[], []];
  const flush = () => {
    rows.push(...byPlace(...gap));
    gap = [[], []];
  };
  let [i, j] = [0, 0];
  while (i < one.length || j < other.length) {
    if (i < one.length && j < other.length && one[i] === other[j]) {
      flush();
      rows.push({ left: one[i], right: other[j], isSame: true });
      i += 1;
      j += 1;
    } else if (j >= other.length || (i < one.length && lengths[i + 1][j] >= lengths[i][j + 1])) gap[0].push(one[i++]);
    else gap[1].push(other[j++]);
  }
  flush();
  return rows;
}

/** How many lines two texts have in common from line i of the one and line j of the other to their ends. */
function common(one, other) {
  const lengths = Array.from({ length: one.length + 1 }, () => new Uint16Array(other.length + 1));
  for (let i = one.length - 1; i >= 0; i -= 1)
    for (let j = other.length - 1; j >= 0; j -= 1)
      lengths[i][j] = one[i] === other[j] ? lengths[i + 1][j + 1] + 1 : Math.max(lengths[i + 1][j], lengths[i][j + 1]);
  return lengths;
}

function byPlace(one, other) {
  return Array.from({ length: Math.max(one.length, other.length) }, (_, index) => ({
    left: one[index] ?? null,
    right: other[index] ?? null,
    isSame: one[index] === other[index],
  }));
}
