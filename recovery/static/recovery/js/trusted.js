// What a library turns from text into page loses every script, handler and javascript: address on the way.
// Loaded before htmx; a browser without trusted types needs nothing of it.
const RUNS = 'script, iframe, object, embed, base, meta[http-equiv]';
const ADDRESSES = ['href', 'src', 'action', 'formaction', 'xlink:href'];

function clean(root) {
  root.querySelectorAll(RUNS).forEach((part) => part.remove());
  for (const part of root.querySelectorAll('*')) {
    for (const { name, value } of [...part.attributes]) {
      const isCode = ADDRESSES.includes(name) && /^[\s\p{Cc}]*(javascript|data|vbscript):/iu.test(value);
      if (name.startsWith('on') || name.startsWith('hx-on') || name === 'srcdoc' || isCode) part.removeAttribute(name);
    }
    if (part instanceof HTMLTemplateElement) clean(part.content);
  }
}

if (window.trustedTypes) {
  const inert = trustedTypes.createPolicy('inert', { createHTML: (text) => text }); // for a document that runs nothing
  trustedTypes.createPolicy('default', {
    createHTML(text) {
      const page = new DOMParser().parseFromString(inert.createHTML(text), 'text/html');
      clean(page);
      return text.includes('<html') ? page.documentElement.outerHTML : page.head.innerHTML + page.body.innerHTML;
    },
  });
}
