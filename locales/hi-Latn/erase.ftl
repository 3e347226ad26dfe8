# Facts are named in en/erase.ftl.
erase-warning = Isse aapke baare me rakhi jaankari mit jayegi: sandesh, bhasha, saheje hue K number, soochnayein, e-mail aur code. Bill, bhugtan aur raseedein kanoon ke anusaar rahengi; shikayat ka keval prakar aur sthiti rahegi. Yeh wapas nahi aa sakegi.
erase-warning-sms = Aapke sandesh, saheje K, soochnayein aur e-mail mit jayenge; bill aur bhugtan kanoon se rahenge. Aage badhne ko YES{ $to }: phir code aayega -{ $brand }
erased = Ho gaya: aapke baare me rakhi jaankari mita di gayi hai.
erased-kept = Bill, bhugtan aur raseedein kanoon ke anusaar { $company } ke records me rahengi. Aap phir likhein to sab naye sire se shuru hoga.
erased-sms = Ho gaya: aapke baare me rakhi jaankari mita di gayi hai. Bill, bhugtan aur raseedein kanoon ke anusaar rahengi. -{ $brand }
privacy-erase = Sab mitvane ke liye "mera data mita do" likhein.
