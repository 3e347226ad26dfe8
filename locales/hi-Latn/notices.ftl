# Facts are named in en/notices.ftl.
notices-on = Bijli band hone ki soochnayein chalu hain: { $what }.
notices-on-sms = Bijli band hone ki soochnayein chalu: { $what }. Sab band karne ke liye STOP{ $to } -{ $brand }
notices-several = { $count } connection
notices-as-before = pehle ki tarah
notices-about = K number { $k }
notices-off-how = Sab band karne ke liye STOP likhein.
notices-again = Bijli band hone ki soochnayein phir chalu hain.
notices-how = Kisi connection ki soochnaon ke liye SUB aur uska K number likhein.
notices-off = Saari soochnayein band kar di gayi hain.
notices-off-replies = Aapke sandeshon ke uttar aur bhugtan ki raseedein aati rahengi.
notices-off-start = Phir chalu karne ke liye START likhein.
notices-off-sms = Saari soochnayein band kar di gayi hain. Uttar aur raseedein aati rahengi. Phir chalu: START{ $to } -{ $brand }
notices-which = Baat kiski hai?
