// Changes of a text that is being typed. They go through the browser, so that its Undo takes them back.

/** Replace a part of a textarea's text, and put the cursor where `back` characters of the new text follow it. */
export function replaceText(area, { start, end, text }, back = 0) {
  area.focus();
  area.setSelectionRange(start, end);
  document.execCommand("insertText", false, text); // the only way that Undo knows; no browser leaves it out
  const at = start + text.length - back;
  area.setSelectionRange(at, at);
}

/** Let Enter begin the next line as far in as this one, one step further after a bracket. */
export function indentLine(event) {
  if (event.key !== "Enter" || event.isComposing || event.ctrlKey || event.metaKey || event.altKey || event.shiftKey)
    return;
  event.preventDefault();
  const { value, selectionStart: start, selectionEnd: end } = event.target;
  const margin = value.slice(0, start).match(/(?:^|\n)([ \t]*)[^\n]*$/)[1];
  const opens = /[[{]\s*$/.test(value.slice(0, start));
  const closing = opens && /^[ \t]*[\]}]/.test(value.slice(end)) ? `\n${margin}` : "";
  replaceText(event.target, { start, end, text: `\n${margin}${opens ? "  " : ""}${closing}` }, closing.length);
}
