import {
  type Button,
  type Checkbox,
  type Dropdown,
  provideVSCodeDesignSystem,
  vsCodeButton,
  vsCodeCheckbox,
  vsCodeDropdown,
  vsCodeOption,
} from "@vscode/webview-ui-toolkit";
import { element, type IconName, icon } from "./render/element.js";

/** A control: what to put on the page, and how to change what it says. */
export interface Control<T> {
  readonly element: HTMLElement;
  readonly set: (value: T) => void;
}

/** Makes the toolkit's elements known to the page; call it once, before any control. */
export function registerControls(): void {
  provideVSCodeDesignSystem().register(vsCodeButton(), vsCodeCheckbox(), vsCodeDropdown(), vsCodeOption());
}

/** A button that is an icon; its name is for screen readers and the tooltip. */
export function iconButton(
  name: { icon: IconName; label: string },
  press: () => void,
): Control<{ icon: IconName; label: string }> {
  const button = element("vscode-button", { appearance: "icon" }) as Button;
  const set = ({ icon: picture, label }: typeof name): void => {
    if (button.getAttribute("aria-label") === label) return;
    button.setAttribute("aria-label", label);
    button.title = label;
    button.replaceChildren(icon(picture));
  };
  set(name);
  button.addEventListener("click", press);
  return { element: button, set };
}

/** A switch with its label. */
export function checkbox(label: string, change: (on: boolean) => void): Control<boolean> {
  const box = element("vscode-checkbox", {}, [label]) as Checkbox;
  box.addEventListener("change", () => change(box.checked));
  return {
    element: box,
    set: (on) => {
      if (box.checked !== on) box.checked = on;
    },
  };
}

/** A list to choose one of; `set` takes the value of the option. */
export function dropdown(
  label: string,
  options: readonly { value: string; text: string }[],
  choose: (value: string) => void,
): Control<string> {
  const list = element(
    "vscode-dropdown",
    { "aria-label": label },
    options.map(({ value, text }) => element("vscode-option", { value }, [text])),
  ) as Dropdown;
  list.addEventListener("change", () => choose(list.value));
  return {
    element: list,
    set: (value) => {
      if (list.value !== value) list.value = value;
    },
  };
}

/** Buttons side by side of which one is pressed. */
export function segments(
  label: string,
  options: readonly { value: string; text: string; title?: string }[],
  choose: (value: string) => void,
): Control<string> {
  const buttons = options.map(({ value, text, title }) => {
    const button = element("button", { class: "segment", "aria-pressed": "false", ...(title && { title }) }, [text]);
    button.addEventListener("click", () => choose(value));
    return { value, button };
  });
  return {
    element: element(
      "div",
      { class: "segments", role: "group", "aria-label": label },
      buttons.map(({ button }) => button),
    ),
    set: (shown) => {
      for (const { value, button } of buttons) button.setAttribute("aria-pressed", String(value === shown));
    },
  };
}

/** A button with a text. */
export function textButton(text: string, press: () => void): HTMLElement {
  const button = element("vscode-button", { appearance: "secondary" }, [text]) as Button;
  button.addEventListener("click", press);
  return button;
}

/** The rail of time: one stop a step. The toolkit has none, so it is the browser's own. */
export function rail(
  label: string,
  move: (step: number) => void,
): Control<{ step: number; steps: number; text: string }> {
  const range = element("input", {
    type: "range",
    min: "0",
    step: "1",
    "aria-label": label,
    class: "rail",
  }) as HTMLInputElement;
  range.addEventListener("input", () => move(range.valueAsNumber));
  return {
    element: range,
    set: ({ step, steps, text }) => {
      range.max = String(steps - 1);
      range.valueAsNumber = step;
      range.disabled = steps < 2;
      range.style.setProperty("--done", steps < 2 ? "0" : String(step / (steps - 1)));
      range.setAttribute("aria-valuetext", text);
    },
  };
}
