const svgSpace = "http://www.w3.org/2000/svg";

/** An HTML element with its attributes and children. */
export function element(
  name: string,
  attributes: Readonly<Record<string, string>> = {},
  children: readonly (Node | string)[] = [],
): HTMLElement {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, value);
  made.append(...children);
  return made;
}

/** An SVG element with its attributes and children. */
export function shape(
  name: string,
  attributes: Readonly<Record<string, string | number>> = {},
  children: readonly (Node | string)[] = [],
): SVGElement {
  const made = document.createElementNS(svgSpace, name);
  for (const [key, value] of Object.entries(attributes)) made.setAttribute(key, String(value));
  made.append(...children);
  return made;
}

/** Changes a text where it differs. */
export function setText(node: HTMLElement, text: string): void {
  if (node.textContent !== text) node.textContent = text;
}

const icons = {
  play: "M4 2.5v11l9.5-5.5z",
  pause: "M4 2.5h3v11H4zM9 2.5h3v11H9z",
  back: "M11 3v10L5.5 8zM3.5 3H5v10H3.5z",
  next: "M5 3v10l5.5-5zM11 3h1.5v10H11z",
  pin: "M5 2h6v1.4l-1 .8V8l2 1.8V11H8.7v4H7.3v-4H4V9.8L6 8V4.200l-1-.8z",
  pinned: "M5 2h6v1.4l-1 .8V8l2 1.8V11H8.7v4H7.3v-4H4V9.8L6 8V4.200l-1-.8zM1 14.500h14V16H1z",
} as const;

/** The pictures on the buttons. */
export type IconName = keyof typeof icons;

/** A 16-pixel icon in the colour of its text. */
export function icon(name: IconName): SVGElement {
  return shape("svg", { viewBox: "0 0 16 16", width: 16, height: 16, fill: "currentColor", "aria-hidden": "true" }, [
    shape("path", { d: icons[name] }),
  ]);
}
