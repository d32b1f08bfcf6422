// Says that the site was updated while this page was opened, because the page may still be the old one.

const workers = navigator.serviceWorker; // a browser has none without https, except for its own machine

// The first worker that comes replaces nothing.
if (workers?.controller) {
  workers.addEventListener("controllerchange", () => {
    document.getElementById("new-build").hidden = false;
  });
  workers.getRegistration().then((registration) => registration?.update());
}
