// Says so where the page can't start. Old browsers have to understand it: no modules, nothing newer than ES5.
(function () {
  var hasFailed = false;

  /** Has the page drawn itself? */
  function isShown() {
    var app = document.querySelector('limn-app');
    var root = app && app.shadowRoot;
    return Boolean(root && root.firstElementChild);
  }

  /** @param {string} reason */
  function show(reason) {
    if (hasFailed) return;
    var isGerman = /^de\b/i.test(navigator.language);
    var failure = document.getElementById(isGerman ? 'failure-de' : 'failure');
    if (!failure) return;
    hasFailed = true;
    failure.hidden = false;
    if (reason) failure.appendChild(document.createTextNode(' (' + reason + ')'));
  }

  /** What comes while the page is there is the page's own matter. @param {string} reason */
  function showUnlessStarted(reason) {
    // The page draws itself in a task of its own, a moment after its script has run.
    setTimeout(function () {
      if (!isShown()) show(reason);
    }, 500);
  }

  /** @param {Event & { message?: string }} event */
  function onError(event) {
    var target = /** @type {{ src?: string } | null} */ (event.target);
    if (target && target.src) showUnlessStarted(target.src + ' could not be loaded');
    else if (event.message) showUnlessStarted(event.message);
  }

  // Scripts that could not be loaded tell only those who listen while the event comes down.
  addEventListener('error', /** @type {EventListener} */ (onError), true);
  addEventListener('unhandledrejection', function (event) {
    showUnlessStarted(String(event.reason));
  });
  addEventListener('load', function () {
    // A browser that doesn't know modules passes over the page's script without an error. Where the script has run, the page
    // may be waiting for its language.
    if (!('limn' in window)) showUnlessStarted('');
  });
})();
