// Says that the site was updated while this page was opened, because the page may still be the old one.

const workers = navigator.serviceWorker; // a browser has none without https, except for its own machine
const note = document.getElementById("new-build");

// The first worker that comes replaces nothing.
if (workers?.controller) workers.addEventListener("controllerchange", () => note.removeAttribute("hidden"));
