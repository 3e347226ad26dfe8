# Danger to life. No emoji, no promise that somebody is on the way.
safety = DANGER: stay away. Keep children and animals away. Touch nothing, and nobody who has had a shock.
safety-call = Call { $helpline } now and tell them the place. If someone is hurt or something burns, also call 112.
safety-sms = DANGER: stay away, keep children and animals away, touch nothing. Call { $helpline } now and tell them the place. Someone hurt or fire: 112 -{ $brand }
