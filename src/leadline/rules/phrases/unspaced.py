"""Phrases in scripts that put no spaces between words, or whose vowels stand apart from the letters."""

from collections.abc import Iterator
from functools import cache

from leadline.rules.grounds import Ground
from leadline.rules.wording import plain

PHRASES = {
    "zh": {
        Ground.KEYWORD: ("取消订阅", "取消訂閱", "退订", "退訂", "停止", "拒收"),
        Ground.REQUEST: (
            *(
                "不要再发",
                "不要再發",
                "别再发",
                "別再發",
                "别发了",
                "别发短信",
                "別發短訊",
                "别发信息",
                "別發簡訊",
                "別發了",
                "不要发",
                "不要發",
                "不要再联系",
                "不要再聯繫",
                "别烦我",
                "別煩我",
            ),
            *(
                "停止发送",
                "停止發送",
                "别联系我",
                "別聯絡我",
                "不要联系我",
                "不要打扰",
                "不要打擾",
                "请勿打扰",
                "不想再收到",
                "不想收到",
                "不要再给我",
                "不要再給我",
                "别给我发",
                "勿扰",
            ),
        ),
        Ground.REMOVAL: (
            "删除我的号码",
            "刪除我的號碼",
            "删掉我的号码",
            "把我移除",
            "把我删",
            "移除我",
            "從名單",
            "从名单",
        ),
        Ground.THREAT: ("举报", "舉報", "投诉你", "投訴", "骚扰", "騷擾"),
        Ground.WRONG_PERSON: (
            "打错了",
            "打錯了",
            "发错",
            "發錯",
            "号码错",
            "號碼錯",
            "错号",
            "认错人",
            "認錯人",
            "找错人",
            "你找谁",
        ),
        Ground.DECLINE: ("不感兴趣", "不感興趣", "没兴趣", "沒興趣", "不需要", "不用了", "不用謝"),
        Ground.SOURCE: ("怎么有我的号码", "怎麼有我的號碼", "哪里得到我的", "谁给你我的"),
        Ground.START: ("重新订阅", "重新訂閱", "恢复短信", "再次订阅", "恢復訂閱"),
        Ground.HELP: ("你是谁", "你是誰", "哪位", "帮助", "幫助"),
        Ground.ORDINARY: ("不要停止", "停止营业", "停止營業", "停车"),
    },
    "ja": {
        Ground.KEYWORD: ("配信停止", "停止してください", "解除", "やめて", "止めて", "退会", "ストップ"),
        Ground.REQUEST: (
            "送らないで",
            "連絡しないで",
            "連絡してこないで",
            "メッセージ不要",
            "もういりません",
            "やめてください",
            "しないでください",
        ),
        Ground.REMOVAL: ("番号を削除", "リストから削除", "削除してください", "外してください"),
        Ground.WRONG_PERSON: ("間違い電話", "番号違い", "人違い", "番号間違", "間違えて"),
        Ground.DECLINE: ("興味ありません", "興味がありません", "興味ない", "結構です", "必要ありません"),
        Ground.HELP: ("どちら様", "どなたですか", "誰ですか", "ヘルプ"),
        Ground.START: ("再開して", "再登録"),
    },
    "ko": {
        Ground.KEYWORD: ("수신거부", "그만", "중지", "수신 거부", "해지", "구독취소", "구독 취소", "멈춰"),
        Ground.REQUEST: (
            "보내지 마",
            "보내지마",
            "연락하지 마",
            "연락하지마",
            "문자하지 마",
            "문자 하지 마",
            "문자하지마",
        ),
        Ground.REMOVAL: ("삭제해 주세요", "삭제해주세요", "번호 지워", "번호 삭제", "빼주세요", "빼 주세요"),
        Ground.WRONG_PERSON: ("잘못 보내", "잘못 거", "번호 잘못", "잘못된 번호", "사람 잘못", "잘못보내"),
        Ground.DECLINE: ("관심 없", "관심없", "필요 없", "필요없", "괜찮습니다"),
        Ground.HELP: ("누구세요", "누구신가요", "도움말", "누구십니까"),
        Ground.START: ("다시 받고", "다시 보내", "재구독"),
    },
    "th": {
        Ground.KEYWORD: ("หยุด", "ยกเลิก", "เลิกส่ง"),
        Ground.REQUEST: ("อย่าส่ง", "ไม่ต้องส่ง", "หยุดส่ง"),
        Ground.WRONG_PERSON: ("ผิดเบอร์", "เบอร์ผิด", "ผิดคน"),
        Ground.DECLINE: ("ไม่สนใจ",),
        Ground.HELP: ("ช่วยเหลือ", "นี่ใคร", "คุณคือใคร"),
    },
    "hi": {
        Ground.KEYWORD: ("बंद करो", "बंद करें", "रोको", "रोकें", "बंद कीजिए", "स्टॉप"),
        Ground.REQUEST: ("मत भेजो", "मत भेजें", "मैसेज मत", "संदेश मत", "मत भेजिए"),
        Ground.REMOVAL: ("नंबर हटा", "नंबर डिलीट"),
        Ground.WRONG_PERSON: ("गलत नंबर", "रॉन्ग नंबर"),
        Ground.DECLINE: ("रुचि नहीं", "नहीं चाहिए", "दिलचस्पी नहीं"),
        Ground.HELP: ("मदद", "कौन हो", "कौन है", "आप कौन"),
    },
}


def find_unspaced(text: str) -> Iterator[tuple[Ground, str, tuple[str, ...]]]:
    """The grounds of the phrases that a plain text holds anywhere, with the phrase and its language."""
    if text.isascii() or max(text) < "\u0900":
        return
    squeezed = "".join(text.split())
    for language, grounds in PHRASES.items():
        for ground, phrases in grounds.items():
            for phrase in phrases:
                if _squeezed(phrase) in squeezed and not _is_everyday(squeezed, language):
                    yield ground, phrase, (language,)
                    break


@cache
def _squeezed(phrase: str) -> str:
    return "".join(plain(phrase).split())


def _is_everyday(text: str, language: str) -> bool:
    return any(phrase in text for phrase in PHRASES[language].get(Ground.ORDINARY, ()))
