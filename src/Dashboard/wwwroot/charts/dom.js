/** An element with attributes and children; a string becomes text, never markup. Attributes that are null or false are left out. */
export function element(tag, attributes = {}, ...children) {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) {
        if (value !== null && value !== undefined && value !== false) made.setAttribute(name, value === true ? '' : value);
    }

    made.append(...children);
    return made;
}
