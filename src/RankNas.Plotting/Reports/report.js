for (const table of document.querySelectorAll('table.sortable')) {
  const headers = [...table.tHead.rows[0].cells];
  const body = table.tBodies[0];
  const keyOf = (row, column) => {
    const cell = row.cells[column];
    return 'value' in cell.dataset ? (cell.dataset.value === '' ? NaN : Number(cell.dataset.value)) : cell.textContent;
  };
  const compare = (a, b) => typeof a === 'string' ? a.localeCompare(b) : a === b ? 0 : a - b;
  headers.forEach((header, column) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = header.textContent;
    header.replaceChildren(button);
    button.addEventListener('click', () => {
      const sign = header.getAttribute('aria-sort') === 'ascending' ? -1 : 1;
      const rows = [...body.rows].map(row => [row, keyOf(row, column)]);
      // What has no number comes last in either direction.
      rows.sort(([, a], [, b]) => Number.isNaN(a) || Number.isNaN(b) ? Number.isNaN(a) - Number.isNaN(b) : sign * compare(a, b));
      body.replaceChildren(...rows.map(([row]) => row));
      headers.forEach(other => other.removeAttribute('aria-sort'));
      header.setAttribute('aria-sort', sign > 0 ? 'ascending' : 'descending');
    });
  });
}
