/** Lets a button copy a field's text; where the browser does not allow it, the text is selected for the person to copy. */
export function copyField(field: HTMLInputElement, button: HTMLButtonElement): void {
  const name = button.textContent;
  button.addEventListener('click', async () => {
    field.select();
    const isCopied = await copy(field.value);
    button.textContent = isCopied ? 'Copied' : 'Selected: press Ctrl+C';
    setTimeout(() => {
      button.textContent = name;
    }, 2000);
  });
  field.addEventListener('focus', () => field.select());
}

async function copy(text: string): Promise<boolean> {
  try {
    // Not there on plain http from another machine.
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
