/**
 * One step of Adam with decoupled weight decay (Kingma and Ba 2015; Loshchilov and Hutter 2019), in the form of
 * torch.optim.AdamW: p *= 1 - rate decay; m += (1 - beta1)(g - m); v = beta2 v + (1 - beta2) g g;
 * p -= rate / correction1 * m / (sqrt(v) / sqrt(correction2) + epsilon).
 *
 * @param count floats, a multiple of 4
 * @param rate learning rate over the first moment's bias correction
 * @param root square root of the second moment's bias correction
 * @param shrink 1 - learning rate * decay
 */
export function adam(
  parameters: usize,
  gradients: usize,
  first: usize,
  second: usize,
  count: i32,
  beta1: f64,
  beta2: f64,
  epsilon: f64,
  rate: f64,
  root: f64,
  shrink: f64,
): void {
  const gain1 = f32x4.splat(<f32>(1 - beta1));
  const keep2 = f32x4.splat(<f32>beta2);
  const gain2 = f32x4.splat(<f32>(1 - beta2));
  const epsilons = f32x4.splat(<f32>epsilon);
  const rates = f32x4.splat(<f32>rate);
  const inverseRoot = f32x4.splat(<f32>(1 / root));
  const shrinks = f32x4.splat(<f32>shrink);
  // The moments of units that died fade into subnormal numbers, which are slow; they moved nothing long before.
  const smallest1 = f32x4.splat(1e-30);
  const smallest2 = f32x4.splat(1e-36);
  const end = parameters + ((<usize>count) << 2);
  while (parameters < end) {
    const g = v128.load(gradients);
    let m = v128.load(first);
    m = f32x4.add(m, f32x4.mul(gain1, f32x4.sub(g, m)));
    m = v128.and(m, f32x4.gt(f32x4.abs(m), smallest1));
    let v = f32x4.add(f32x4.mul(keep2, v128.load(second)), f32x4.mul(gain2, f32x4.mul(g, g)));
    v = v128.and(v, f32x4.gt(v, smallest2));
    const scale = f32x4.add(f32x4.mul(f32x4.sqrt(v), inverseRoot), epsilons);
    const p = f32x4.mul(v128.load(parameters), shrinks);
    v128.store(first, m);
    v128.store(second, v);
    v128.store(parameters, f32x4.sub(p, f32x4.div(f32x4.mul(rates, m), scale)));
    parameters += 16;
    gradients += 16;
    first += 16;
    second += 16;
  }
}
