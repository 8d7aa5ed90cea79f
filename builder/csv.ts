/**
 * The rows of a CSV text (RFC 4180): fields in quotes may hold separators, line breaks and doubled quotes. Takes commas,
 * or semicolons or tabs where the first line has more of those, and any line break; leaves out empty lines.
 */
export function csvRows(text: string): string[][] {
  const separator = separatorOf(text);
  const rows: string[][] = [];
  let row: string[] = [];
  let at = text.startsWith('\ufeff') ? 1 : 0;
  while (at < text.length) {
    let field = '';
    if (text[at] === '"') {
      // A quote that is never closed ends with the text.
      let from = at + 1;
      let to = text.indexOf('"', from);
      while (to >= 0 && text[to + 1] === '"') {
        field += text.slice(from, to + 1);
        from = to + 2;
        to = text.indexOf('"', from);
      }
      if (to < 0) to = text.length;
      field += text.slice(from, to);
      at = to + 1;
    }
    let end = at;
    while (end < text.length && text[end] !== separator && text[end] !== '\n' && text[end] !== '\r') end++;
    row.push(field + text.slice(at, end));
    at = end + 1;
    if (text[end] === separator && at < text.length) continue;
    if (text[end] === separator) row.push('');
    if (text[end] === '\r' && text[at] === '\n') at++;
    if (row.length > 1 || row[0] !== '') rows.push(row);
    row = [];
  }
  return rows;
}

function separatorOf(text: string): string {
  const line = text.slice(0, text.search(/[\r\n]|$/));
  const count = (separator: string) => line.split(separator).length;
  return [',', ';', '\t'].reduce((best, each) => (count(each) > count(best) ? each : best));
}
