/**
 * Makes the buttons of a tab list show their panel, one at a time; arrow keys, Home and End go from tab to tab
 * (WAI-ARIA Authoring Practices, tabs with automatic activation).
 */
export function createTabs(list: HTMLElement): void {
  const tabs = [...list.querySelectorAll<HTMLButtonElement>('[role="tab"]')];
  const select = (chosen: HTMLButtonElement) => {
    for (const tab of tabs) {
      const isChosen = tab === chosen;
      tab.setAttribute('aria-selected', `${isChosen}`);
      tab.tabIndex = isChosen ? 0 : -1;
      const panel = document.getElementById(tab.getAttribute('aria-controls') ?? '');
      if (panel) panel.hidden = !isChosen;
    }
  };
  for (const tab of tabs) tab.addEventListener('click', () => select(tab));
  list.addEventListener('keydown', (event) => {
    const visible = tabs.filter((tab) => !tab.hidden);
    const at = visible.findIndex((tab) => tab.ariaSelected === 'true');
    const next = {ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: -1}[event.key];
    if (next === undefined) return;
    event.preventDefault();
    const tab = visible.at(next % visible.length);
    if (!tab) return;
    select(tab);
    tab.focus();
  });
  select(tabs[0]);
}
