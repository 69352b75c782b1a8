"""What people write in Polish, without accents."""

from leadline.rules.grounds import Ground
from leadline.rules.phrasebook import Language

LISTS = {
    "WIADOMOSCI": "wiadomosci, wiadomosc, smsow, sms, smsy, sms ow, spamu, spam, reklam, reklamy, esemesow, tekstow, powiadomien, ofert, "
    "telefonow, maili, kontaktu, smsa, smsami, wiadomosciami",
    "PISAC": "pisac, wysylac, przysylac, kontaktowac, dzwonic, nekac, meczyc, spamowac, zawracac, wysylania, pisania, "
    "przesylac, wysylanie, pisanie, niepokoic, zaczepiac, nagabywac",
    "PISZCIE": "piszcie, pisz, wysylajcie, wysylaj, przysylajcie, przysylaj, kontaktujcie, dzwoncie, dzwon, nekajcie, meczcie, spamujcie, "
    "zawracajcie, prosze pisac, wysylac, pisac, przysylac, kontaktowac, dzwonic, niepokoic, zycze sobie, przesylajcie, przesylac",
    "USUN": "usun, usuncie, usunac, wykasuj, wykasujcie, wykreslcie, wykresl, wypisz, wypiszcie, skasujcie, skasuj, skresl, skreslcie, "
    "wypisac, zapomnijcie, usuniecie, wykreslic, skasowac",
    "NUMER": "numer, nr, telefon, dane, kontakt, numeru, nazwisko, imie",
}

TABLES = {
    Ground.KEYWORD: """
        ^ stop/koniec wiadomosci/sms/smsy/smsow/reklam $
        ^ stop/wypisz/wypisuje/rezygnuje/przestan/przestancie/wyrejestruj/usun/usuncie/anuluj/zatrzymaj/odsubskrybuj/dosc/wypiszcie/koniecsms $
        ^ wypisz/wypiszcie/usun/usuncie mnie $
        ^ nie chce $
        ^ nie chce juz $
        ^ dosc juz/tego/wiadomosci $
        ^ koniec wiadomosci/smsow/spamu/z/tego $
        ^ zadnych wiadomosci/smsow wiecej? $
        ^ stop sms/wiadomosci $
    """,
    Ground.WEAK_KEYWORD: """
        ^ koniec/rezygnacja/odwolaj/basta/starczy/wystarczy $
    """,
    Ground.REQUEST: """
        przestancie/przestan/przestancie/prosze/skonczcie/skoncz/zaprzestac .. do? mnie? mi? PISAC
        przestancie/przestan
        nie PISZCIE do/mi/wiecej/juz/tu/ze/sie/na/nas
        prosze nie PISZCIE
        nie chce/chcemy/zycze/zyczymy juz? sobie? wiecej? juz? otrzymywac/dostawac/waszych/tych/zadnych/WIADOMOSCI/byc/kontaktu/by/zeby/od
        nie chce .. WIADOMOSCI
        zadnych/bez/dosc/koniec/stop/wiecej .. WIADOMOSCI
        dajcie/daj/dac mi/nam swiety? spokoj/juz
        dajcie/daj spokoj
        odczepcie/odczep/odwalcie/odwal/odpieprzcie/odpierdolcie/spadajcie/spadaj/spierdalajcie/spierdalaj/wypierdalaj/wypierdalac/odwalcie sie?
        zostawcie/zostaw mnie
        zapomnijcie/zapomnij moj/ten/mojego/o NUMER
        prosze zaprzestac/przestac/zakonczyc
        chce/chcialbym/chcialabym/prosze zrezygnowac/przestac/o .. z/otrzymywac/zaprzestanie
        rezygnuje z
    """,
    Ground.REMOVAL: """
        USUN moj/ten/mojego/moje .. NUMER
        USUN mnie/nas/mój
        prosze/chce/chcialbym/chcialabym o? sie? mnie? USUN .. mnie/moj/numer/listy/bazy
        prosze/chce/chcialbym/chcialabym o? sie? mnie? USUN z/$
        wypisuje/wypisz/wypisac/wypiszcie sie/mnie/nas
        z listy/bazy USUN
        chce/prosze/chcialbym sie wypisac
        usuniecie/usuniecia moich/mojego/moj/z/danych
        skreslcie/wykreslcie mnie
    """,
    Ground.WITHDRAWAL: """
        wycofuje/cofam/odwoluje .. zgode/zgody
        nie wyrazam/wyrazalem/wyrazalam/wyrazilem/wyrazilam/dalem/dalam/zgadzam .. zgody/zgode/sie/na
        brak zgody
    """,
    Ground.REPEATED: """
        juz/przeciez .. prosilem/prosilam/mowilem/mowilam/pisalem/pisalam/wypisalem/wypisalam/wyslalem
        prosilem/prosilam/mowilem/mowilam .. nie/przestan/przestali/stop/usun/zeby
        ile razy
        ostatni raz
        dlaczego/czemu .. nadal/wciaz/dalej
        nadal/wciaz dostaje/otrzymuje/piszecie/przychodza
    """,
    Ground.THREAT: """
        zglosze/zglaszam/pozwe/zablokuje/blokuje/zglosilem/zglosilam
        zgloszenie/skarga/skarge .. do/na/uodo/uokik/policja
        uodo/uokik/uke/rodo
        ide na policje
        to jest nekanie
        nekanie
        moj prawnik
        zablokowane/zablokowany/zgloszone/zablokowani $
    """,
    Ground.WRONG_PERSON: """
        pomylka/pomylki $
        pomyliles/pomylila/pomylil/pomylili/pomyliliscie/pomylilas .. numer/numery/numeru/sie
        zly/bledny/niewlasciwy/nie numer ten?
        to pomylka
        nie jestem * $
        nie jestem ta/tym/tą
        nie ten/ta numer/osoba
        nie ma tu/tutaj/tu/nikogo/zadnego/zadnej
        nie mieszka/pracuje tu/tutaj/juz
        nie znam nikogo/zadnego/zadnej/tej/tego/pana/pani
        to nie jest ten/juz? numer
        to nie jest * $
        nie zyje/zmarl/zmarla
        ^ kto to * $
    """,
    Ground.DECLINE: """
        nie jestem/jestesmy juz? zainteresowany/zainteresowana/zainteresowani
        nie interesuje mnie/nas
        brak zainteresowania
        ^ nie dziekuje/dzieki/dziekujemy $
        ^ dziekuje nie $
        nie dla mnie
        nie potrzebuje/potrzebujemy
        juz sprzedane/sprzedalem/sprzedalam/kupilem/kupilam/mamy/mam/podpisalem/podpisalam/znalazlem/znalazlam/wybralismy/podpisalismy/kupilismy
        gdzie indziej
        zmienilem/zmienilam zdanie
        nie teraz $
        moze pozniej
        nieaktualne $
        nie szukam/szukamy juz?
        nie na sprzedaz
    """,
    Ground.SOURCE: """
        skad macie/masz/ma/pani/pan/wzieliscie/wzial .. numer/moj/dane
        kto dal/podal .. numer
        dlaczego/czemu/po dostaje/piszecie/pan/otrzymuje/piszesz/wysylacie/do
        nie zapisywalem/zapisywalam/prosilem/prosilam
        nigdy nie/sie .. zapisywalem/zapisywalam/prosilem/podawalem
        oszustwo/oszusci/spam/scam $
        to .. oszustwo/spam/scam
    """,
    Ground.TOO_MUCH: """
        za duzo WIADOMOSCI
        tyle WIADOMOSCI
        mniej WIADOMOSCI
        nie .. po/przed/w/podczas 20/21/22/nocy/pracy/weekend/weekendy/niedziele
        tylko mailem/telefonicznie/mailowo
    """,
    Ground.ANGER: """
        pierdolcie/pieprzcie/pierdol/goncie sie
        zamknij/zamknijcie sie/morde
        idioci/debile/kretyni
        mam dosc/dosyc
        wkurzacie/wkurwiacie/denerwujecie/meczycie
        do diabla
    """,
    Ground.START: """
        ^ zapisz/subskrybuj/wznow/zacznij/aktywuj/start/wlacz/zapisuje $
        zapisz/zapiszcie/dodaj/dodajcie mnie .. ponownie/z/znowu/na/do/jeszcze/listy/liste
        chce/chcialbym/chcialabym/prosze .. znowu/ponownie/znow .. otrzymywac/dostawac/WIADOMOSCI/pisac/zapisac
        chce/chcialbym/chcialabym .. otrzymywac/dostawac .. znowu/ponownie/znow
        wznowcie/wznowic/wznow/wlaczcie .. WIADOMOSCI
        mozecie/prosze znowu/znow/ponownie PISAC/pisac/wysylac
        prosze/chce/prosze o zapisac/zapisanie/dodac mnie .. ponownie/znowu/znow/z
        przez pomylke .. stop/wypisalem/wypisalam
        stop przez pomylke
        przypadkiem/przypadkowo .. stop/wypisalem/wypisalam
    """,
    Ground.YES: """
        ^ tak $
    """,
    Ground.HELP: """
        ^ pomoc/pomocy/info/informacja/informacje $
        ^ potrzebuje pomocy $
        pomoc/info/informacje/pomocy w/o/z/dotyczace .. WIADOMOSCI/wiadomosciami/numer
        ^ kto to/pisze/ty/tam/pani/jest/to? to/jest/$/pisze/do/mowi $?
        ^ kim jestes/jestescie/pan/pani
        kim jestes/jestescie
        kto .. wysyla/pisze/stoi .. te/mi/to/do/za
        z kim .. pisze/rozmawiam/mam
        co/jaka/z to/jaka/jakiej jest/za/firma/firmy? numer/firma/wiadomosci/jestescie/$?
        o co chodzi $
        gdzie/do/na/jaki .. zadzwonic/dzwonic/napisac/numer .. w/sprawie/tych
        jak sie z wami skontaktowac
    """,
    Ground.ASKING: """
        jak
        czy moge/mozna
        gdzie moge
        co musze/mam
    """,
    Ground.LIMIT: """
        po/przed/podczas/kiedy/gdy/dzis/teraz/tyle/tak
        w pracy/nocy/weekend/weekendy/niedziele
        o tej porze
    """,
    Ground.ORDINARY: """
        nie przestawaj/przestawajcie/anuluj/anulujcie/usuwaj/usuwajcie/odwoluj
        koniec maja/czerwca/lipca/sierpnia/wrzesnia/pazdziernika/listopada/grudnia/stycznia/lutego/marca/kwietnia/tygodnia/miesiaca/roku/konca
        pod/na koniec
        do konca
        usun/usuncie/usunac/skresl te/ta/to/ten/drzewo/pozycje/opcje/dywan/zdjecie/zapis/klauzule
        odwolaj/odwolac/anuluj/anulowac .. wizyte/spotkanie/rezerwacje/zamowienie/jazde
        nie dzwoncie/dzwonic/dzwon .. sms/pisz/napisz/piszcie
        nie jestem pewien/pewna/w/jeszcze/przeciwny/z
        to nie jest problem/drogie/pilne/daleko/wazne/zle/to/moj
        nie ma problemu/sprawy/za/czasu/pradu
        kto jest/bedzie .. agentem/wlascicielem
        co to za ulica/okolica/dzielnica/model/marka
        jak najszybciej/daleko/dlugo/duzo/drogo
    """,
}

POLISH = Language("pl", LISTS, TABLES)
