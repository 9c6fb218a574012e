/** The text, or its first characters and an ellipsis: counted in code points, so that no emoji is cut in half. */
export function shortened(text, most) {
    // Of a text of 10,000 characters only the beginning is looked at.
    const points = Array.from(text.slice(0, 2 * most + 2));
    return points.length > most ? points.slice(0, most - 1).join('') + '…' : text;
}

/** An accuracy, a loss or an F1 to four decimals; a dash where it is not known. */
export const metric = value => Number.isFinite(value) ? value.toFixed(4) : '–';

/** Such as 0.9194 ± 0.0021; without a deviation the mean alone. */
export const meanOf = (mean, deviation) => Number.isFinite(deviation) ? `${metric(mean)} ± ${metric(deviation)}` : metric(mean);

/** With its sign: +0.0102, −0.0030. */
export const signed = value => Number.isFinite(value) ? (value < 0 ? '−' : '+') + Math.abs(value).toFixed(4) : '–';

export const count = value => value.toLocaleString('en-US');

/** Such as 1 epoch, 1,000 epochs. */
export const counted = (value, one) => `${count(value)} ${one}${value === 1 ? '' : 's'}`;

export const percent = share => Number.isFinite(share) ? `${(100 * share).toFixed(1)} %` : '–';

/** A number as short as it reads: 0.001, 128, 1e-5. */
export const number = (value, digits = 6) => Number.isFinite(value) ? String(Number(value.toPrecision(digits))) : '–';

/** Seconds as h:mm:ss or m:ss. */
export function duration(seconds) {
    const whole = Math.round(seconds), two = part => String(part).padStart(2, '0');
    const hours = Math.floor(whole / 3600), minutes = Math.floor(whole / 60) % 60;
    return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}
