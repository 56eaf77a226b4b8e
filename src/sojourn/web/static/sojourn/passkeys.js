// Starts the passkey ceremony that a page names, and says so when it fails.
(function () {
  document.querySelectorAll("[data-passkey]").forEach(function (place) {
    const ids = JSON.parse(place.dataset.ids);
    window.allauth.webauthn.forms[place.dataset.passkey]({ ids: ids });
  });
  document.addEventListener("allauth.error", function (event) {
    event.preventDefault();
    const told = document.querySelector("[data-passkey-failed]");
    told.textContent = document.querySelector("[data-passkey]").dataset.failed;
    told.hidden = false;
  });
})();
