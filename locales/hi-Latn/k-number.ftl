# Facts are named in en/k-number.ftl.
ask-k-number = Kripya 12 ankon ka K number bhejein. Yeh bill par chhapa hota hai, jaise 901010000123.
ask-k-number-sms = Bill par chhapa 12 ankon ka K number, jaise 901010000123{ $to } -{ $brand }
k-number-length = { $digits } me { $count } ank hain. K number me 12 ank hote hain: kripya bill me dekhkar poore 12 bhejein.
k-number-length-sms = { $digits } me { $count } ank hain. K number me 12 hote hain: bill me dekhkar poore 12{ $to } -{ $brand }
k-number-half = { $digits } mil gaye. { $left ->
    [1] K number me 1 ank aur hota hai: kripya vah bhejein.
   *[other] K number me { $left } ank aur hote hain: kripya ve bhejein.
}
k-number-half-sms = { $digits } mil gaye. K number ke baaki { $left } ank{ $to } -{ $brand }
k-number-spreadsheet = Spreadsheet ne yeh number chhota kar diya hai. Kripya bill me dekhkar K number ke poore 12 ank likhein.
k-number-spreadsheet-sms = Spreadsheet ne yeh number chhota kar diya hai. Bill me dekhkar K number ke poore 12 ank{ $to } -{ $brand }
k-number-mobile = Yeh mobile number lagta hai. K number 12 ankon ka hota hai aur bill par chhapa hota hai: kripya vah bhejein.
k-number-mobile-sms = Yeh mobile number lagta hai. Bill par chhapa 12 ankon ka K number{ $to } -{ $brand }
k-number-unknown = K number { $k } ka koi connection nahi mila. Kripya bill me 12 ank dekhkar phir bhejein.
k-number-unknown-sms = K { $k } ka koi connection nahi mila. Bill me 12 ank dekhkar phir{ $to } -{ $brand }
k-number-choose = Kis connection ke liye?
k-number-choose-sms = { $brand }: kis connection ke liye?
k-number-option = ..{ $k } { $name }
look-ups-used-up = Aaj 25 doosre K number dekhe ja chuke hain. { $until } se phir dekh sakte hain. Saheje hue number pehle ki tarah chalenge.
look-ups-used-up-sms = Aaj 25 doosre K number dekhe ja chuke hain. { $until } se phir dekhein. Saheje number chalte rahenge. -{ $brand }
k-number-moved = K number { $old } ab { $new } ho gaya hai. Har bhugtan me naya number likhein.
k-number-moved-sms = K { $old } ab K { $new } ho gaya hai. Har bhugtan me naya number likhein. -{ $brand }
k-help = K number se aapka connection pehchana jaata hai. Isme 12 ank hote hain aur yeh har bill par naam ke paas chhapa hota hai; payment app aur purani raseed me bhi milta hai.
k-help-send = 12 ank yahan bhejein, beech me jagah ho to bhi chalega, jaise 9010 1000 0123.
k-help-no-bill = Bill paas me nahi hai? Karyalay ya { $helpline } se poochh sakte hain.
k-help-sms = K number ke 12 ank har bill par naam ke paas aur purani raseed me milte hain. Bill nahi? Karyalay ya { $helpline } se poochhein -{ $brand }
