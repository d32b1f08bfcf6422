// HTTP exchanges on their own: what the listener received, or what the SDK sent.

import { widget } from "../cell/widget.js";
import { exchangePanes } from "../parts/panes.js";
import { outcome } from "../parts/parts.js";

export default widget((root, { ask }) => {
  const last = outcome();
  const act = (words, request) => ask(request, (text) => last.show({ text: `${words}: ${text}` }));
  const draw = exchangePanes(root, act);
  root.append(last.bar);
  return { draw, heard: last.show };
});
