const light = {
    dark: false, text: '#1f2328', muted: '#57606a', line: '#d0d7de', surface: '#ffffff', shade: 'rgba(213, 94, 0, 0.10)', cold: '#f6f8fa', hot: '#004c78',
};
const dark = {
    dark: true, text: '#e6edf3', muted: '#a3adb8', line: '#3d444d', surface: '#161b22', shade: 'rgba(230, 159, 0, 0.14)', cold: '#1c232c', hot: '#7cc4f0',
};

const systemIsDark = matchMedia('(prefers-color-scheme: dark)');

/** What is drawn on paper. */
export const paper = light;

/** The colours of the page's theme: what <html data-theme> says, else what the system prefers. */
export function currentLook() {
    const theme = document.documentElement.dataset.theme ?? (systemIsDark.matches ? 'dark' : 'light');
    return theme === 'dark' ? dark : light;
}

/** Calls back whenever the theme may have changed; returns what ends it. */
export function watchTheme(changed) {
    const observer = new MutationObserver(changed);
    observer.observe(document.documentElement, { attributes: true, attributeFilter: ['data-theme'] });
    systemIsDark.addEventListener('change', changed);
    return () => {
        observer.disconnect();
        systemIsDark.removeEventListener('change', changed);
    };
}

/** What every chart starts from. Nothing moves: a live chart that wobbles cannot be read. */
export const base = look => ({
    animation: false,
    backgroundColor: 'transparent',
    textStyle: { color: look.text, fontFamily: 'system-ui, sans-serif', fontSize: 12 },
});

export const axis = (look, more) => ({
    axisLine: { onZero: false, lineStyle: { color: look.muted } },
    axisTick: { lineStyle: { color: look.muted } },
    axisLabel: { color: look.text, hideOverlap: true, ...more?.axisLabel },
    splitLine: { lineStyle: { color: look.line } },
    nameTextStyle: { color: look.text, ...more?.nameTextStyle },
    ...Object.fromEntries(Object.entries(more ?? {}).filter(([key]) => key !== 'axisLabel' && key !== 'nameTextStyle')),
});
