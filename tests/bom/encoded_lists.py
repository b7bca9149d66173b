"""Short parts lists as people of several countries write them, to be saved in their code pages."""

from __future__ import annotations

import random

HEADERS = {
    "de": "Pos|Benennung|Teilenummer|Menge|Werkstoff|Stückzahl|Länge|Höhe|Oberfläche|Gewicht|Bemerkung|Maßeinheit|Größe|Lieferant",
    "fr": "Repère|Désignation|Référence|Quantité|Matière|Unité|Épaisseur|Prix unitaire|Fournisseur|Poids|Numéro de pièce|Finition",
    "es": "Número|Descripción|Código|Cantidad|Material|Tamaño|Diámetro|Precio|Proveedor|Observación|Peso|Año",
    "pt": "Número|Descrição|Código|Quantidade|Matéria-prima|Preço|Observação|Dimensão|Peça|Posição",
    "it": "Posizione|Descrizione|Codice|Quantità|Materiale|Unità|Peso|Qualità|Note|Densità",
    "sv": "Pos|Benämning|Artikelnummer|Antal|Material|Mängd|Längd|Ytbehandling|Leverantör|Mått",
    "cs": "Číslo dílu|Název|Množství|Jednotka|Materiál|Poznámka|Výrobce|Rozměr|Hmotnost|Označení",
    "pl": "Lp|Nazwa|Numer części|Ilość|Jednostka|Materiał|Uwagi|Dostawca|Grubość|Średnica|Długość",
    "hu": "Cikkszám|Megnevezés|Mennyiség|Egység|Anyag|Megjegyzés|Gyártó|Súly|Hosszúság|Felület",
    "tr": "Parça No|Parça Adı|Miktar|Birim|Malzeme|Açıklama|Ağırlık|Üretici|Ölçü|Kalınlık|Yüzey İşlemi",
    "ru": "Поз.|Наименование|Обозначение|Кол-во|Материал|Ед. изм.|Примечание|Масса|Поставщик|Артикул|Цена|Производитель",
    "uk": "Поз.|Найменування|Позначення|Кількість|Матеріал|Од. вим.|Примітка|Маса|Виробник|Ціна",
    "zh": "序号|名称|零件号|数量|材料|单位|备注|规格型号|供应商|重量|图号|描述|表面处理|单价|品牌",
    "ja": "番号|品名|品番|数量|材質|単位|備考|型式|メーカー|重量|図番|仕様|表面処理|単価|購入先",
    "ko": "번호|품명|품번|수량|재질|단위|비고|규격|제조사|중량|도번|사양|표면처리|단가|공급업체",
    "zh-tw": "項次|名稱|料號|數量|材質|單位|備註|規格|供應商|重量|圖號|說明|表面處理|單價|廠牌",
}
TEXTS = {
    "de": "Gehäuse für Läufer|Welle Ø 8|Schraube, verzinkt|Zylinderstift gehärtet|Dichtring 20°|Kühlkörper|Lüfter 12 V|Träger groß|Schütz|Stößel|Rändelmutter|Befestigungsbügel",
    "fr": "Aimant fritté|Boîtier aluminium|Vis à tête fraisée|Écrou hexagonal|Ressort comprimé|Câble blindé|Moteur électrique|Pièce usinée|Joint d'étanchéité|Roulement à billes|Plaque percée",
    "es": "Imán de neodimio|Carcasa señal|Tornillo métrico|Tuerca hexagonal|Cojinete pequeño|Caja de conexión|Eje del motor eléctrico|Arandela de presión|Lámina de acero|Corazón",
    "pt": "Ímã de neodímio|Parafuso de fixação|Porca sextavada|Conexão elétrica|Eixo do motor|Tampão|Mola de compressão|Chapa de aço|Suporte alumínio|Botão de emergência",
    "it": "Vite a testa cilindrica|Dado esagonale|Molla più lunga|Rondella è zincata|Proprietà magnetiche|Estremità lato motore|Unità di controllo|Perno già montato",
    "sv": "Kåpa för rotor|Skruv förzinkad|Mutter låsande|Axel härdad|Tätningsring|Fläkt|Hållare|Fjäder|Kylfläns|Förstärkning",
    "cs": "Šroub se šestihrannou hlavou|Matice|Podložka pružná|Ložisko kuličkové|Těsnění|Hřídel|Kryt převodovky|Držák|Čep|Příruba|Víčko",
    "pl": "Śruba z łbem walcowym|Nakrętka sześciokątna|Podkładka sprężysta|Łożysko kulkowe|Uszczelka|Wał silnika|Pokrywa górna|Płyta dolna|Sprężyna",
    "hu": "Hatlapfejű csavar|Anya|Rugós alátét|Golyóscsapágy|Tömítés|Tengely|Fedél|Tartó|Őrlőfej|Kötőelem|Fűtőbetét",
    "tr": "Altıköşe başlı cıvata|Somun|Yaylı rondela|Bilyalı rulman|Sızdırmazlık elemanı|Mil|Üst kapak|Taşıyıcı|Ön gövde|Şaft|Dişli",
    "ru": "Магнит кольцевой|Корпус двигателя|Болт М6|Гайка шестигранная|Шайба пружинная|Вал ротора|Крышка верхняя|Подшипник|Провод ПВ-3|Сталь 45|ГОСТ 7798-70|Винт самонарезающий",
    "uk": "Магніт кільцевий|Корпус двигуна|Болт М6|Гайка шестигранна|Шайба пружинна|Вал ротора|Кришка верхня|Підшипник|Ґвинт",
    "zh": "磁铁和电机的转子|电机外壳|内六角螺丝|弹簧垫圈|轴承|铝合金支架|不锈钢板|连接器|电源线|控制板|钕铁硼|齿轮箱|密封圈|散热片|外协加工",
    "ja": "マグネット|モーターのケース|六角穴付ボルト|ばね座金|軸受|アルミ製ブラケット|ステンレス板|コネクタ|電源ケーブル|制御基板|ネジ M3|歯車|Oリング|放熱板",
    "ko": "자석 회전자|모터 하우징|육각 렌치 볼트|스프링 와셔|베어링|알루미늄 브라켓|스테인리스 판|커넥터|전원 케이블|제어 기판|기어박스|오링|방열판",
    "zh-tw": "磁鐵轉子|馬達外殼|內六角螺絲|彈簧墊圈|軸承|鋁合金支架|不鏽鋼板|連接器|電源線|控制板|釹鐵硼|齒輪箱|密封圈|散熱片|外購件",
}
PAGES = {
    "de": ("cp1252",), "fr": ("cp1252",), "es": ("cp1252",), "pt": ("cp1252",), "it": ("cp1252",), "sv": ("cp1252",),
    "cs": ("cp1250",), "pl": ("cp1250",), "hu": ("cp1250",), "tr": ("cp1254",), "ru": ("cp1251",), "uk": ("cp1251",),
    "zh": ("gb18030",), "ja": ("cp932", "euc_jp"), "ko": ("cp949",), "zh-tw": ("big5",),
}  # fmt: skip
"""The code pages in which lists of a language are saved."""


def parts_list(language: str, rows: int, chance: random.Random, *, plain: float = 0.3) -> str:
    """A list of so many rows under four headers; a share of the texts is plain English."""
    head = chance.sample(HEADERS[language].split("|"), 4)
    texts = TEXTS[language].split("|")
    lines = [";".join(head)]
    for number in range(1, rows + 1):
        text = "Bearing 608ZZ" if chance.random() < plain else chance.choice(texts)
        lines.append(f"{number};{text};P-{chance.randrange(9999):04d};{chance.randrange(1, 20)}")
    return "\r\n".join(lines) + "\r\n"
