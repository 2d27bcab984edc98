// Making elements of the page. What a file says is only ever text in them.

/** @param {string} tag @param {Record<string, any>} [properties] `class` and names with a dash are attributes.
 * @param {(Node | string | null)[]} children @returns {any} */
export function element(tag, properties = {}, ...children) {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(properties)) {
    if (name === 'class' || name.includes('-') || name === 'role' || name === 'scope') made.setAttribute(name, value);
    else /** @type {any} */ (made)[name] = value;
  }
  made.append(...children.filter((child) => child !== null));
  return made;
}

/** The element of the page with this id. @param {string} id @returns {any} */
export function byId(id) {
  return document.getElementById(id);
}
