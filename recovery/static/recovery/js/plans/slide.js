// A slider beside each number field that asks for one: for pointers only, the field stays the control.
const slides = (root) => root.querySelectorAll("input[data-slide]:not([data-has-slide])");

function addTo(field) {
  const slider = document.createElement("input");
  Object.assign(slider, { type: "range", className: "slide", min: field.min, max: field.max, step: 1, tabIndex: -1 });
  slider.setAttribute("aria-hidden", "true");
  slider.value = field.value === "" ? field.min : field.value;
  slider.addEventListener("input", () => { field.value = slider.value; });
  field.addEventListener("input", () => { slider.value = field.value === "" ? field.min : field.value; });
  field.dataset.hasSlide = "";
  field.after(slider);
}

slides(document).forEach(addTo);
document.addEventListener("htmx:afterSwap", () => slides(document).forEach(addTo));
